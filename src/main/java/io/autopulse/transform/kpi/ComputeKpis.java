package io.autopulse.transform.kpi;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.FactBlockWriter;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.rollup.MonthRollUp;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.block.SaleBlockWriter.BlockConsumer;
import io.autopulse.transform.record.RunProgress;
import io.autopulse.transform.record.SaleBlockCoder;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Blocks of resolved, enriched sale versions in; blocks of KPI rows ({@link
 * io.autopulse.domain.kpi.KpiBlock}) out, for every grain and dimension. Bounded, global window.
 * Versions become small facts, grouped by month; the roll-up of a month is {@link MonthRollUp}'s.
 */
public final class ComputeKpis extends PTransform<PCollection<byte[]>, PCollection<byte[]>> {
  private static final long serialVersionUID = 1L;

  private final BusinessInterval covered;
  private final TreeSet<Grain> grains;
  private final ArrayList<Dimension> dimensions;
  private final ZoneId timezone;
  private final LocalDate asOf;

  private ComputeKpis(
      BusinessInterval covered,
      Set<Grain> grains,
      List<Dimension> dimensions,
      ZoneId timezone,
      LocalDate asOf) {
    this.timezone = timezone;
    this.covered = covered;
    this.grains = new TreeSet<>(grains);
    this.dimensions = new ArrayList<>(dimensions);
    this.asOf = asOf;
  }

  /**
   * Returns the transform.
   *
   * @param covered the days whose sales are all there; windows that it does not hold whole are left
   *     out
   * @param timezone of hours
   * @param asOf windows that end on this business date or before are final
   */
  public static ComputeKpis of(
      BusinessInterval covered,
      Set<Grain> grains,
      List<Dimension> dimensions,
      ZoneId timezone,
      LocalDate asOf) {
    return new ComputeKpis(covered, grains, dimensions, timezone, asOf);
  }

  @Override
  public PCollection<byte[]> expand(PCollection<byte[]> blocks) {
    return blocks
        .apply("Split by month", ParDo.of(new SplitFn(covered, grains, timezone)))
        .setCoder(SaleBlockCoder.BY_SHARD)
        .apply("Group by month", GroupByKey.create())
        .apply("Roll up", ParDo.of(new RollUpFn(covered, grains, dimensions, asOf)))
        .setCoder(ByteArrayCoder.of());
  }

  static final class SplitFn extends DoFn<byte[], KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final BusinessInterval covered;
    private final TreeSet<Grain> grains;
    private final ZoneId timezone;
    private transient FactBlockWriter writer;
    private transient BlockConsumer out;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    SplitFn(BusinessInterval covered, Set<Grain> grains, ZoneId timezone) {
      this.covered = covered;
      this.grains = new TreeSet<>(grains);
      this.timezone = timezone;
    }

    @StartBundle
    public void startBundle() {
      writer =
          new FactBlockWriter(
              covered,
              grains.contains(Grain.WEEK),
              grains.contains(Grain.HOUR) ? new BusinessClock(timezone) : null,
              (month, block) -> out.accept(month, block));
    }

    @ProcessElement
    public void split(@Element byte[] block, OutputReceiver<KV<Integer, byte[]>> receiver) {
      out = (month, facts) -> receiver.output(KV.of(month, facts));
      writer.add(block);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      out = (month, facts) -> context.output(KV.of(month, facts), window.maxTimestamp(), window);
      writer.flush();
    }
  }

  static final class RollUpFn extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {
    private static final long serialVersionUID = 1L;

    private final BusinessInterval covered;
    private final TreeSet<Grain> grains;
    private final ArrayList<Dimension> dimensions;
    private final LocalDate asOf;
    private transient MonthRollUp rollUp;
    private transient Consumer<byte[]> out;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    RollUpFn(
        BusinessInterval covered, Set<Grain> grains, List<Dimension> dimensions, LocalDate asOf) {
      this.covered = covered;
      this.grains = new TreeSet<>(grains);
      this.dimensions = new ArrayList<>(dimensions);
      this.asOf = asOf;
    }

    @StartBundle
    public void startBundle() {
      rollUp = new MonthRollUp(covered, grains, dimensions, asOf, block -> out.accept(block));
    }

    @ProcessElement
    public void rollUp(
        @Element KV<Integer, Iterable<byte[]>> month, OutputReceiver<byte[]> receiver) {
      out = receiver::output;
      for (byte[] facts : month.getValue()) {
        rollUp.add(facts);
      }
      long before = rollUp.rows();
      rollUp.rollUp(month.getKey());
      RunProgress.kpiRows(rollUp.rows() - before);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      out = block -> context.output(block, window.maxTimestamp(), window);
      rollUp.flush();
    }
  }
}
