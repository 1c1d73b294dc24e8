package io.autopulse.sink.staging.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.kpi.Measures;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Terms;
import io.autopulse.sink.staging.parquet.TextRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes blocks apart into encoded rows of texts, in the order of {@link StagingTable}'s columns.
 */
final class BlockRows {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final Grain[] GRAINS = Grain.values();
  private static final SaleStatus[] STATUSES = SaleStatus.values();
  private static final Fate[] FATES = Fate.values();

  private BlockRows() {}

  /** Gives the rows of a block of sale versions. */
  static void ofSaleVersions(byte[] bytes, Consumer<byte[]> rows) {
    SaleBlock block = SaleBlock.open(bytes);
    List<List<List<@Nullable String>>> entries = new ArrayList<>();
    for (int dictionary = 0; dictionary < SaleLayout.DICTIONARIES; dictionary++) {
      List<List<@Nullable String>> parts = new ArrayList<>();
      for (int code = 0; code < block.entries(dictionary); code++) {
        parts.add(known(Terms.split(block.entry(dictionary, code))));
      }
      entries.add(parts);
    }
    while (block.advance()) {
      int at = block.at();
      List<@Nullable String> row = new ArrayList<>();
      row.add(new String(bytes, at + SaleLayout.HEADER, SaleLayout.idLength(bytes, at), UTF_8));
      row.add(RowText.time(SaleLayout.updatedAt(bytes, at)));
      row.add(String.valueOf(SaleLayout.sequence(bytes, at)));
      row.add(STATUSES[SaleLayout.status(bytes, at)].name());
      row.add(RowText.time(SaleLayout.soldAt(bytes, at)));
      row.add(RowText.day(SaleLayout.soldOn(bytes, at)));
      row.addAll(entries.get(SaleLayout.VEHICLE).get(code(bytes, at, SaleLayout.VEHICLE)));
      row.addAll(entries.get(SaleLayout.OUTLET).get(code(bytes, at, SaleLayout.OUTLET)));
      row.add(RowText.number(SaleLayout.listPrice(bytes, at), 2, SaleLayout.NO_PRICE));
      row.add(RowText.number(SaleLayout.netPrice(bytes, at), 2, SaleLayout.NO_PRICE));
      row.addAll(entries.get(SaleLayout.PROVENANCE).get(code(bytes, at, SaleLayout.PROVENANCE)));
      row.add(FATES[SaleLayout.fate(bytes, at)].name());
      rows.accept(TextRows.encode(row));
    }
  }

  private static int code(byte[] bytes, int at, int dictionary) {
    return SaleLayout.code(bytes, at, dictionary);
  }

  private static List<@Nullable String> known(List<String> parts) {
    List<@Nullable String> known = new ArrayList<>();
    for (String part : parts) {
      known.add(part.isEmpty() ? null : part);
    }
    return known;
  }

  /** Gives the rows of a block of KPIs. */
  static void ofKpis(byte[] bytes, Consumer<byte[]> rows) {
    KpiBlock block = KpiBlock.open(bytes);
    for (int i = 0; i < block.rows(); i++) {
      int at = block.at(i);
      rows.accept(
          TextRows.encode(
              Arrays.<@Nullable String>asList(
                  GRAINS[KpiLayout.grain(bytes, at)].toString(),
                  RowText.time(KpiLayout.windowStart(bytes, at) * MICROS_PER_HOUR),
                  RowText.time(KpiLayout.windowEnd(bytes, at) * MICROS_PER_HOUR),
                  new String(block.dimension(KpiLayout.dimension(bytes, at)), UTF_8),
                  new String(block.member(KpiLayout.member(bytes, at)), UTF_8),
                  String.valueOf(KpiLayout.unitsSold(bytes, at)),
                  String.valueOf(KpiLayout.unitsCancelled(bytes, at)),
                  String.valueOf(KpiLayout.unitsReturned(bytes, at)),
                  amount(KpiLayout.revenue(bytes, at)),
                  amount(KpiLayout.averagePrice(bytes, at)),
                  amount(KpiLayout.medianPrice(bytes, at)),
                  amount(KpiLayout.p10Price(bytes, at)),
                  amount(KpiLayout.p90Price(bytes, at)),
                  share(KpiLayout.averageDiscount(bytes, at)),
                  share(KpiLayout.salesMix(bytes, at)),
                  String.valueOf(KpiLayout.revision(bytes, at)),
                  String.valueOf(KpiLayout.isFinal(bytes, at)))));
    }
  }

  private static @Nullable String amount(long cents) {
    return RowText.number(cents, 2, Measures.ABSENT);
  }

  private static @Nullable String share(int millionths) {
    return RowText.number(millionths, 6, KpiLayout.NO_SHARE);
  }
}
