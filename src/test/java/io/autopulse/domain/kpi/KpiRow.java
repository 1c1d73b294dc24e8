package io.autopulse.domain.kpi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A KPI row as a value, for tests: what a block says of it. Units as in {@link KpiLayout}. */
public record KpiRow(
    Grain grain,
    LocalDate start,
    LocalDate end,
    String dimension,
    String member,
    long sold,
    long cancelled,
    long returned,
    long revenue,
    long average,
    long median,
    long p10,
    long p90,
    long discount,
    long mix,
    long revision,
    boolean isFinal) {

  /** Returns the rows of blocks. */
  public static List<KpiRow> read(Collection<byte[]> blocks) {
    List<KpiRow> rows = new ArrayList<>();
    for (byte[] bytes : blocks) {
      KpiBlock block = KpiBlock.open(bytes);
      for (int i = 0; i < block.rows(); i++) {
        rows.add(read(block, block.bytes(), block.at(i)));
      }
    }
    return rows;
  }

  private static KpiRow read(KpiBlock block, byte[] row, int at) {
    return new KpiRow(
        Grain.values()[KpiLayout.grain(row, at)],
        LocalDate.ofEpochDay(KpiLayout.windowStart(row, at) / 24),
        LocalDate.ofEpochDay(KpiLayout.windowEnd(row, at) / 24),
        new String(block.dimension(KpiLayout.dimension(row, at)), UTF_8),
        new String(block.member(KpiLayout.member(row, at)), UTF_8),
        KpiLayout.unitsSold(row, at),
        KpiLayout.unitsCancelled(row, at),
        KpiLayout.unitsReturned(row, at),
        KpiLayout.revenue(row, at),
        KpiLayout.averagePrice(row, at),
        KpiLayout.medianPrice(row, at),
        KpiLayout.p10Price(row, at),
        KpiLayout.p90Price(row, at),
        share(KpiLayout.averageDiscount(row, at)),
        share(KpiLayout.salesMix(row, at)),
        KpiLayout.revision(row, at),
        KpiLayout.isFinal(row, at));
  }

  private static long share(int millionths) {
    return millionths == KpiLayout.NO_SHARE ? Measures.ABSENT : millionths;
  }

  /** Returns the row's key, as text. */
  public String key() {
    return grain + " " + start + " " + dimension + " " + member;
  }
}
