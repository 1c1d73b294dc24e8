package io.autopulse.transform.trend;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.FuelPrice;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.VersionTable;
import io.autopulse.domain.trend.MarketHistory;
import io.autopulse.domain.trend.TotalUnits;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.domain.trend.TrendWeek;
import io.autopulse.domain.trend.Vintages;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.Counts.Measure;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of enriched sale versions by shard in; the trend features of every member and closed week
 * ({@link #FEATURES}) and the counts ({@link #COUNTS}) out. Bounded, global window; the order of
 * arrival does not matter, and a retry gives the same rows. A shard's versions are resolved in
 * memory, then summed by member, item, week of sale and week of knowledge; one member's sums are in
 * memory when its weeks are computed ({@link io.autopulse.domain.trend.MemberTrend}). The unbounded
 * twin is {@link ComputeLiveTrendFeatures}.
 */
public final class ComputeTrendFeatures
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollectionTuple> {
  /** The features. */
  public static final TupleTag<TrendFeatures> FEATURES = new TupleTag<>("features") {};

  /** Counts of the versions' fates. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private static final long serialVersionUID = 1L;
  private static final TupleTag<KV<String, byte[]>> MEMBERS = new TupleTag<>("members") {};
  private static final TupleTag<byte[]> ALL = new TupleTag<>("all") {};

  private final ArrayList<Dimension> dimensions;
  private final ZoneId timezone;
  private final BusinessInterval covered;
  private final LocalDate today;
  private final PCollectionView<Iterable<FuelPrice>> prices;
  private final PCollectionView<Iterable<Attention>> attention;

  private ComputeTrendFeatures(
      List<Dimension> dimensions,
      ZoneId timezone,
      BusinessInterval covered,
      LocalDate today,
      PCollectionView<Iterable<FuelPrice>> prices,
      PCollectionView<Iterable<Attention>> attention) {
    this.dimensions = new ArrayList<>(dimensions);
    this.timezone = timezone;
    this.covered = covered;
    this.today = today;
    this.prices = prices;
    this.attention = attention;
  }

  /**
   * Returns the transform.
   *
   * @param timezone of the weeks
   * @param covered the weeks to compute: those that it holds whole
   * @param today weeks that end on this business date or later are not closed
   * @param prices every value that fuel prices have had
   * @param attention every value that attention has had
   */
  public static ComputeTrendFeatures of(
      List<Dimension> dimensions,
      ZoneId timezone,
      BusinessInterval covered,
      LocalDate today,
      PCollectionView<Iterable<FuelPrice>> prices,
      PCollectionView<Iterable<Attention>> attention) {
    return new ComputeTrendFeatures(dimensions, timezone, covered, today, prices, attention);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, byte[]>> blocks) {
    PCollectionTuple sums =
        blocks
            .apply("Group by shard", GroupByKey.create())
            .apply(
                "Sum by week",
                ParDo.of(new SumFn(dimensions, timezone))
                    .withOutputTags(MEMBERS, TupleTagList.of(ALL).and(COUNTS)));
    PCollectionView<byte[]> total =
        sums.get(ALL)
            .setCoder(ByteArrayCoder.of())
            .apply("Sum all sales", Combine.globally(ComputeTrendFeatures::sum).asSingletonView());
    PCollection<TrendFeatures> features =
        sums.get(MEMBERS)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
            .apply("Group by member", GroupByKey.create())
            .apply(
                "Compute weeks",
                ParDo.of(
                        new ComputeFn(
                            dimensions, firstWeek(), lastWeek(), total, prices, attention))
                    .withSideInputs(total, prices, attention))
            .setCoder(new TrendFeaturesCoder());
    return PCollectionTuple.of(FEATURES, features)
        .and(COUNTS, sums.get(COUNTS).setCoder(Counts.CODER));
  }

  private int firstWeek() {
    return TrendWeek.of(covered.from().plusDays(6));
  }

  private int lastWeek() {
    return Math.min(TrendWeek.lastClosed(today), TrendWeek.lastClosed(covered.to()));
  }

  private static byte[] sum(Iterable<byte[]> encoded) {
    Vintages sum = new Vintages();
    encoded.forEach(sum::add);
    return sum.encode();
  }

  static final class SumFn extends DoFn<KV<Integer, Iterable<byte[]>>, KV<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Dimension> dimensions;
    private final ZoneId timezone;
    private transient VersionTable table;
    private transient MemberVintages sums;
    private transient Counts counts;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    SumFn(List<Dimension> dimensions, ZoneId timezone) {
      this.dimensions = new ArrayList<>(dimensions);
      this.timezone = timezone;
    }

    @StartBundle
    public void startBundle() {
      table = new VersionTable();
      sums = new MemberVintages(dimensions, timezone);
      counts = new Counts(Feed.SALES);
    }

    @ProcessElement
    public void sum(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver out) {
      table.clear();
      for (byte[] block : shard.getValue()) {
        table.add(block);
      }
      sums.read(
          codes(table.dictionaries()[SaleLayout.VEHICLE], sums.members().vehicles()),
          codes(table.dictionaries()[SaleLayout.OUTLET], sums.members().outlets()),
          1);
      long[] fates = new long[Fate.values().length];
      // The table hands over a sale's versions from the lowest to the highest.
      table.resolve(
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          (bytes, at) -> {
            sums.version(bytes, at);
            fates[SaleLayout.fate(bytes, at)]++;
            if (SaleLayout.fate(bytes, at) != Fate.SUPERSEDED.ordinal()) {
              sums.endSale();
            }
          });
      counts.add(Measure.DUPLICATE, table.duplicates());
      counts.add(Measure.CONFLICTING, table.conflicts());
      counts.add(Measure.CURRENT, fates[Fate.CURRENT.ordinal()]);
      counts.add(Measure.SUPERSEDED, fates[Fate.SUPERSEDED.ordinal()]);
      out.get(ALL).output(sums.all().encode());
      sums.drain(
          (dimension, member, vintages) ->
              out.get(MEMBERS).output(KV.of(dimension + "|" + member, vintages.encode())));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      counts.drain(c -> context.output(COUNTS, c, window.maxTimestamp(), window));
    }

    private static int[] codes(Dictionary from, Dictionary to) {
      int[] codes = new int[from.size()];
      for (int code = 0; code < codes.length; code++) {
        codes[code] = to.code(from.entry(code));
      }
      return codes;
    }
  }

  static final class ComputeFn extends DoFn<KV<String, Iterable<byte[]>>, TrendFeatures> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Dimension> dimensions;
    private final int firstWeek;
    private final int lastWeek;
    private final PCollectionView<byte[]> totalView;
    private final PCollectionView<Iterable<FuelPrice>> priceView;
    private final PCollectionView<Iterable<Attention>> attentionView;
    // Views of bounded input have one content: they are read once, not in each bundle, which may be
    // a single member's.
    private transient @Nullable TotalUnits total;
    private transient @Nullable MarketHistory market;

    ComputeFn(
        List<Dimension> dimensions,
        int firstWeek,
        int lastWeek,
        PCollectionView<byte[]> totalView,
        PCollectionView<Iterable<FuelPrice>> priceView,
        PCollectionView<Iterable<Attention>> attentionView) {
      this.dimensions = new ArrayList<>(dimensions);
      this.firstWeek = firstWeek;
      this.lastWeek = lastWeek;
      this.totalView = totalView;
      this.priceView = priceView;
      this.attentionView = attentionView;
    }

    @ProcessElement
    public void compute(
        @Element KV<String, Iterable<byte[]>> member,
        ProcessContext context,
        OutputReceiver<TrendFeatures> out) {
      TotalUnits all = total;
      if (all == null) {
        all = new TotalUnits(Vintages.decode(context.sideInput(totalView)), lastWeek);
        total = all;
      }
      MarketHistory figures = market;
      if (figures == null) {
        figures = market(context.sideInput(priceView), context.sideInput(attentionView));
        market = figures;
      }
      Vintages vintages = new Vintages();
      member.getValue().forEach(vintages::add);
      String key = member.getKey();
      int split = key.indexOf('|');
      MemberVintages.trend(
              dimensions.get(Integer.parseInt(key.substring(0, split))), key.substring(split + 1))
          .compute(vintages, all, figures, firstWeek, lastWeek, out::output);
    }

    private static MarketHistory market(Iterable<FuelPrice> prices, Iterable<Attention> attention) {
      List<FuelPrice> knownPrices = new ArrayList<>();
      prices.forEach(knownPrices::add);
      List<Attention> knownAttention = new ArrayList<>();
      attention.forEach(knownAttention::add);
      return new MarketHistory(knownPrices, knownAttention);
    }
  }
}
