package io.autopulse.transform.kpi;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.cell.CellChanges;
import io.autopulse.domain.kpi.cell.CellRows;
import io.autopulse.domain.kpi.cell.CellSums;
import io.autopulse.domain.kpi.cell.CellWindow;
import io.autopulse.transform.record.LiveTimers;
import io.autopulse.transform.sales.ResolveLiveVersions;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The unbounded twin of {@link ComputeKpis}: blocks of changes ({@link
 * ResolveLiveVersions#CHANGES}) in; blocks of KPI rows ({@link io.autopulse.domain.kpi.KpiBlock})
 * out, of cells that changed: the whole cell each time (accumulating), with a revision that only
 * grows.
 *
 * <p>Cells are kept by calendar window and dimension, in keyed state. A changed cell is handed out
 * at the next multiple of the pane interval (early and late panes, processing time), and when the
 * watermark passes the window's end (the pane on time). The cells are forgotten when it is the
 * correction horizon past the end; {@link ResolveLiveVersions} lets no later change through. Global
 * window: a change says by its sale when it was, so a retraction needs no timestamp skew. A retry
 * sees the state of before; a pane handed out twice has the same revision.
 */
public final class ComputeLiveKpis extends PTransform<PCollection<byte[]>, PCollection<byte[]>> {
  private static final long serialVersionUID = 1L;

  private final TreeSet<Grain> grains;
  private final ArrayList<Dimension> dimensions;
  private final ZoneId timezone;
  private final Duration paneInterval;
  private final Duration horizon;
  private final int firstHour;

  private ComputeLiveKpis(
      Set<Grain> grains,
      List<Dimension> dimensions,
      ZoneId timezone,
      Duration paneInterval,
      Duration horizon,
      int firstHour) {
    this.grains = new TreeSet<>(grains);
    this.dimensions = new ArrayList<>(dimensions);
    this.timezone = timezone;
    this.paneInterval = paneInterval;
    this.horizon = horizon;
    this.firstHour = firstHour;
  }

  /**
   * Returns the transform.
   *
   * @param timezone of the windows
   * @param paneInterval how often changed cells are handed out
   * @param horizon how long after a window's end its cells can change
   */
  public static ComputeLiveKpis of(
      Set<Grain> grains,
      List<Dimension> dimensions,
      ZoneId timezone,
      java.time.Duration paneInterval,
      java.time.Duration horizon) {
    return new ComputeLiveKpis(
        grains,
        dimensions,
        timezone,
        Duration.millis(paneInterval.toMillis()),
        Duration.millis(horizon.toMillis()),
        Integer.MIN_VALUE);
  }

  /**
   * Returns the transform that leaves out windows that begin before a date: of them it would know
   * the sales in part.
   */
  public ComputeLiveKpis since(LocalDate date) {
    return new ComputeLiveKpis(
        grains,
        dimensions,
        timezone,
        paneInterval,
        horizon,
        Math.toIntExact(date.toEpochDay() * 24));
  }

  @Override
  public PCollection<byte[]> expand(PCollection<byte[]> changes) {
    return changes
        .apply("Sum by window", ParDo.of(new SumFn(grains, dimensions, timezone, firstHour)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
        .apply("Update cells", ParDo.of(new UpdateFn(timezone, paneInterval, horizon)))
        .setCoder(ByteArrayCoder.of());
  }

  /** Sums a bundle's changes before they travel. */
  static final class SumFn extends DoFn<byte[], KV<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final TreeSet<Grain> grains;
    private final ArrayList<Dimension> dimensions;
    private final ZoneId timezone;
    private final int firstHour;
    private transient CellChanges sums;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    SumFn(Set<Grain> grains, List<Dimension> dimensions, ZoneId timezone, int firstHour) {
      this.grains = new TreeSet<>(grains);
      this.dimensions = new ArrayList<>(dimensions);
      this.timezone = timezone;
      this.firstHour = firstHour;
    }

    @Setup
    public void setUp() {
      sums = new CellChanges(grains, dimensions, timezone);
    }

    @ProcessElement
    public void sum(@Element byte[] block) {
      sums.add(block);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      sums.drain(
          (cells, bytes) -> {
            if (cells.start() >= firstHour) {
              context.output(KV.of(cells.key(), bytes), window.maxTimestamp(), window);
            }
          });
    }
  }

  /** Keeps the cells of each window and dimension. */
  static final class UpdateFn extends DoFn<KV<String, byte[]>, byte[]> {
    private static final long serialVersionUID = 1L;

    /** The most blocks that wait for a pane: a long pane interval must not keep each bundle's. */
    private static final int MOST_BLOCKS = 64;

    private final ZoneId timezone;
    private final Duration paneInterval;
    private final Duration horizon;

    /** The sums of each member. */
    @StateId("cells")
    private final StateSpec<MapState<String, byte[]>> cells =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    /**
     * What bundles added since the last pane. It goes into the cells with the pane, so that a cell
     * is read and written once a pane and not once a bundle.
     */
    @StateId("added")
    private final StateSpec<BagState<byte[]>> added = StateSpecs.bag(ByteArrayCoder.of());

    /** How many blocks were added; absent until the window's timers are set. */
    @StateId("blocks")
    private final StateSpec<ValueState<Integer>> blockCount = StateSpecs.value(VarIntCoder.of());

    @TimerId("pane")
    private final TimerSpec pane = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @TimerId("expiry")
    private final TimerSpec expiry = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private transient List<byte[]> blocks;
    private transient CellRows rows;

    @SuppressWarnings("NullAway.Init") // Beam calls @Setup before anything else.
    UpdateFn(ZoneId timezone, Duration paneInterval, Duration horizon) {
      this.timezone = timezone;
      this.paneInterval = paneInterval;
      this.horizon = horizon;
    }

    @Setup
    public void setUp() {
      blocks = new ArrayList<>();
      rows = new CellRows(blocks::add);
    }

    @ProcessElement
    public void update(
        @Element KV<String, byte[]> window,
        @StateId("added") BagState<byte[]> waiting,
        @StateId("blocks") ValueState<Integer> count,
        @TimerId("pane") Timer paneTimer,
        @TimerId("end") Timer endTimer,
        @TimerId("expiry") Timer expiryTimer) {
      waiting.add(window.getValue());
      Integer before = count.read();
      int blocks = before == null ? 1 : before + 1;
      if (blocks == MOST_BLOCKS) {
        byte[] sum = CellChanges.encode(CellChanges.sum(waiting.read()));
        waiting.clear();
        waiting.add(sum);
        blocks = 1;
      }
      count.write(blocks);
      paneTimer.align(paneInterval).withOutputTimestamp(LiveTimers.NO_HOLD).setRelative();
      if (before == null) {
        Instant over =
            Instant.ofEpochMilli(
                CellWindow.parse(window.getKey()).endMoment(timezone).toEpochMilli());
        endTimer.withOutputTimestamp(LiveTimers.NO_HOLD).set(over);
        expiryTimer.withOutputTimestamp(LiveTimers.NO_HOLD).set(over.plus(horizon));
      }
    }

    @OnTimer("pane")
    public void pane(
        @Key String key,
        @StateId("cells") MapState<String, byte[]> kept,
        @StateId("added") BagState<byte[]> waiting,
        @StateId("blocks") ValueState<Integer> count) {
      addChanged(key, kept, waiting, count);
    }

    @OnTimer("end")
    public void onTime(
        @Key String key,
        @StateId("cells") MapState<String, byte[]> kept,
        @StateId("added") BagState<byte[]> waiting,
        @StateId("blocks") ValueState<Integer> count) {
      addChanged(key, kept, waiting, count);
    }

    @OnTimer("expiry")
    public void forget(
        @Key String key,
        @StateId("cells") MapState<String, byte[]> kept,
        @StateId("added") BagState<byte[]> waiting,
        @StateId("blocks") ValueState<Integer> count) {
      addChanged(key, kept, waiting, count);
      kept.clear();
      count.clear();
    }

    private void addChanged(
        String key,
        MapState<String, byte[]> kept,
        BagState<byte[]> waiting,
        ValueState<Integer> count) {
      Map<String, CellSums> changes = CellChanges.sum(waiting.read());
      waiting.clear();
      count.write(0);
      CellWindow window = CellWindow.parse(key);
      changes.forEach(
          (member, sums) -> {
            byte[] known = kept.get(member).read();
            if (known != null) {
              sums.add(CellSums.decode(known));
            }
            kept.put(member, sums.encode());
            rows.add(window, member, sums);
          });
    }

    // The windows of a bundle share blocks: most have a few changed members.
    @FinishBundle
    public void handOut(FinishBundleContext context) {
      rows.flush();
      GlobalWindow window = GlobalWindow.INSTANCE;
      blocks.forEach(block -> context.output(block, window.maxTimestamp(), window));
      blocks.clear();
    }
  }
}
