package io.autopulse.transform;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Vintages;
import io.autopulse.domain.sale.Feed;
import io.autopulse.transform.Counts.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Observations in; out, every vintage of every figure ({@link #FIGURES}) and the fates of the
 * records ({@link #COUNTS}). Of a record the latest extraction wins, whatever the order of arrival.
 * Bounded, global window; a retry gives the same figures. The rule is {@link Vintages}'s; {@link
 * AggregateLiveMarket} is the unbounded twin.
 *
 * <p>Figures meet in a few groups, one in memory at a time, not in a group a figure: a runner pays
 * for each group.
 */
public final class AggregateMarket extends PTransform<PCollection<Observation>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Every vintage of every figure. */
  public static final TupleTag<Figure> FIGURES = new TupleTag<>("figures") {};

  /** The fates of the feeds' records. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private static final int GROUPS = 32;

  private AggregateMarket() {}

  /** Returns the transform. */
  public static AggregateMarket bounded() {
    return new AggregateMarket();
  }

  @Override
  public PCollectionTuple expand(PCollection<Observation> observations) {
    PCollectionTuple figures =
        observations
            .apply("Key by group", ParDo.of(new KeyFn()))
            .setCoder(KvCoder.of(VarIntCoder.of(), new ObservationCoder()))
            .apply("Group", GroupByKey.create())
            .apply(
                "Aggregate",
                ParDo.of(new AggregateFn()).withOutputTags(FIGURES, TupleTagList.of(COUNTS)));
    figures.get(FIGURES).setCoder(new FigureCoder());
    figures.get(COUNTS).setCoder(Counts.CODER);
    return figures;
  }

  static final class KeyFn extends DoFn<Observation, KV<Integer, Observation>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void key(
        @Element Observation observation, OutputReceiver<KV<Integer, Observation>> out) {
      int group = Math.floorMod(observation.figure().hashCode(), GROUPS);
      out.output(KV.of(group, observation));
    }
  }

  static final class AggregateFn extends DoFn<KV<Integer, Iterable<Observation>>, Figure> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void aggregate(
        @Element KV<Integer, Iterable<Observation>> group, MultiOutputReceiver out) {
      Map<String, List<Observation>> figures = new TreeMap<>();
      group
          .getValue()
          .forEach(o -> figures.computeIfAbsent(o.figure(), key -> new ArrayList<>()).add(o));
      Map<Feed, Counts> counts = new EnumMap<>(Feed.class);
      for (List<Observation> observations : figures.values()) {
        Vintages vintages = Vintages.of(observations.get(0).slice(), observations);
        vintages.figures().forEach(out.get(FIGURES)::output);
        vintages
            .fates()
            .forEach((kind, f) -> add(f, counts.computeIfAbsent(kind.feed(), Counts::new)));
      }
      counts.values().forEach(c -> c.drain(out.get(COUNTS)::output));
    }

    private static void add(Vintages.Fates fates, Counts counts) {
      counts.add(Measure.DUPLICATE, fates.duplicates());
      counts.add(Measure.SUPERSEDED, fates.superseded());
      counts.add(Measure.CURRENT, fates.current());
    }
  }
}
