package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.kpi.Measures;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;

/**
 * KPI rows ({@link KpiBlock}) as rows of the core table {@code sales_kpi}, without market share,
 * clock and run.
 */
public final class KpiRows implements ParquetRows {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final TermColumn grain = TermColumn.required("grain");
  private final NumberColumn windowStart =
      NumberColumn.required("window_start", ColumnType.TIMESTAMP);
  private final NumberColumn windowEnd = NumberColumn.required("window_end", ColumnType.TIMESTAMP);
  private final TermColumn dimension = TermColumn.required("dimension");
  private final TermColumn member = TermColumn.required("member");
  private final NumberColumn unitsSold = NumberColumn.required("units_sold", ColumnType.INTEGER);
  private final NumberColumn unitsCancelled =
      NumberColumn.required("units_cancelled", ColumnType.INTEGER);
  private final NumberColumn unitsReturned =
      NumberColumn.required("units_returned", ColumnType.INTEGER);
  private final NumberColumn revenue = NumberColumn.required("revenue", ColumnType.AMOUNT);
  private final NumberColumn averagePrice =
      NumberColumn.nullable("average_price", ColumnType.AMOUNT);
  private final NumberColumn medianPrice = NumberColumn.nullable("median_price", ColumnType.AMOUNT);
  private final NumberColumn p10Price = NumberColumn.nullable("p10_price", ColumnType.AMOUNT);
  private final NumberColumn p90Price = NumberColumn.nullable("p90_price", ColumnType.AMOUNT);
  private final NumberColumn averageDiscount =
      NumberColumn.nullable("average_discount", ColumnType.SHARE);
  private final NumberColumn salesMix = NumberColumn.nullable("sales_mix", ColumnType.SHARE);
  private final NumberColumn revision = NumberColumn.required("revision", ColumnType.INTEGER);
  private final BooleanColumn isFinal = BooleanColumn.required("is_final");

  private final ParquetFile file;
  private int[] grainCodes;

  /** Starts a file; closing it closes the channel. */
  public KpiRows(WritableByteChannel out) throws IOException {
    file =
        new ParquetFile(
            out,
            List.of(
                grain,
                windowStart,
                windowEnd,
                dimension,
                member,
                unitsSold,
                unitsCancelled,
                unitsReturned,
                revenue,
                averagePrice,
                medianPrice,
                p10Price,
                p90Price,
                averageDiscount,
                salesMix,
                revision,
                isFinal));
    grainCodes = grainCodes();
  }

  private int[] grainCodes() {
    return Arrays.stream(Grain.values())
        .mapToInt(g -> grain.code(g.toString().getBytes(UTF_8)))
        .toArray();
  }

  @Override
  public void add(byte[] blockBytes) throws IOException {
    KpiBlock block = KpiBlock.open(blockBytes);
    // Filled at first use: a row group begins within a block.
    int[] dimensions = new int[block.dimensions()];
    int[] members = new int[block.members()];
    Arrays.fill(dimensions, TermColumn.NULL);
    Arrays.fill(members, TermColumn.NULL);
    for (int row = 0; row < block.rows(); row++) {
      add(block, block.at(row), dimensions, members);
      if (file.endRow()) {
        grainCodes = grainCodes();
        Arrays.fill(dimensions, TermColumn.NULL);
        Arrays.fill(members, TermColumn.NULL);
      }
    }
  }

  private void add(KpiBlock block, int at, int[] dimensions, int[] members) {
    byte[] bytes = block.bytes();
    int d = KpiLayout.dimension(bytes, at);
    if (dimensions[d] == TermColumn.NULL) {
      dimensions[d] = dimension.code(block.dimension(d));
    }
    int m = KpiLayout.member(bytes, at);
    if (members[m] == TermColumn.NULL) {
      members[m] = member.code(block.member(m));
    }
    grain.add(grainCodes[KpiLayout.grain(bytes, at)]);
    windowStart.add(KpiLayout.windowStart(bytes, at) * MICROS_PER_HOUR);
    windowEnd.add(KpiLayout.windowEnd(bytes, at) * MICROS_PER_HOUR);
    dimension.add(dimensions[d]);
    member.add(members[m]);
    unitsSold.add(KpiLayout.unitsSold(bytes, at));
    unitsCancelled.add(KpiLayout.unitsCancelled(bytes, at));
    unitsReturned.add(KpiLayout.unitsReturned(bytes, at));
    revenue.add(KpiLayout.revenue(bytes, at));
    averagePrice.add(KpiLayout.averagePrice(bytes, at), Measures.ABSENT);
    medianPrice.add(KpiLayout.medianPrice(bytes, at), Measures.ABSENT);
    p10Price.add(KpiLayout.p10Price(bytes, at), Measures.ABSENT);
    p90Price.add(KpiLayout.p90Price(bytes, at), Measures.ABSENT);
    averageDiscount.add(KpiLayout.averageDiscount(bytes, at), KpiLayout.NO_SHARE);
    salesMix.add(KpiLayout.salesMix(bytes, at), KpiLayout.NO_SHARE);
    revision.add(KpiLayout.revision(bytes, at));
    isFinal.add(KpiLayout.isFinal(bytes, at));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
