package io.autopulse.domain.kpi.cell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiBlockWriter;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.sale.block.Dictionary;
import java.util.function.Consumer;

/**
 * Makes KPI rows ({@link KpiBlock}) of a stream's cells. The sales mix is absent, because one sale
 * changes that of every member: whoever reads the rows divides. None is final: that is for the
 * refresh to say. Not safe for use by several threads.
 */
public final class CellRows {
  private final Dictionary dimensions = new Dictionary();
  private final Dictionary members = new Dictionary();
  private final KpiBlockWriter writer;

  /** Makes a writer of rows; {@code out} takes blocks. */
  public CellRows(Consumer<byte[]> out) {
    writer = new KpiBlockWriter(dimensions, members, out);
  }

  /** Adds the row of a cell. */
  public void add(CellWindow window, String member, CellSums sums) {
    int at = writer.newRow();
    byte[] row = writer.rows();
    KpiLayout.putKey(
        row,
        at,
        window.grain().ordinal(),
        window.start(),
        window.end(),
        writer.localDimension(dimensions.code(window.dimension().getBytes(UTF_8))),
        writer.localMember(members.code(member.getBytes(UTF_8))),
        false);
    sums.putMeasures(row, at);
  }

  /** Hands out the rows that wait for their block to fill. */
  public void flush() {
    writer.flush();
  }
}
