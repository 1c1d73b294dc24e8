package io.autopulse.transform;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Vintages;
import io.autopulse.transform.Counts.Measure;
import java.util.ArrayList;
import java.util.List;
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
 * Observations by slice in; out, every vintage of the slice's figure ({@link #FIGURES}) and the
 * fates of the records ({@link #COUNTS}). Of a record the latest extraction wins, whatever the
 * order of arrival. Bounded, global window; a retry gives the same figures. The rule is {@link
 * Vintages}'s; {@link AggregateLiveMarket} is the unbounded twin.
 */
public final class AggregateMarket
    extends PTransform<PCollection<KV<String, Observation>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Every vintage of every figure. */
  public static final TupleTag<Figure> FIGURES = new TupleTag<>("figures") {};

  /** The fates of the feeds' records. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private AggregateMarket() {}

  /** Returns the transform. */
  public static AggregateMarket bounded() {
    return new AggregateMarket();
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, Observation>> observations) {
    PCollectionTuple figures =
        observations
            .apply("Group by slice", GroupByKey.create())
            .apply(
                "Aggregate",
                ParDo.of(new AggregateFn()).withOutputTags(FIGURES, TupleTagList.of(COUNTS)));
    figures.get(FIGURES).setCoder(new FigureCoder());
    figures.get(COUNTS).setCoder(Counts.CODER);
    return figures;
  }

  static final class AggregateFn extends DoFn<KV<String, Iterable<Observation>>, Figure> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void aggregate(
        @Element KV<String, Iterable<Observation>> slice, MultiOutputReceiver out) {
      List<Observation> observations = new ArrayList<>();
      slice.getValue().forEach(observations::add);
      Vintages vintages = Vintages.of(observations.get(0).slice(), observations);
      vintages.figures().forEach(out.get(FIGURES)::output);
      vintages
          .fates()
          .forEach(
              (kind, fates) -> {
                Counts counts = new Counts(kind.feed());
                counts.add(Measure.DUPLICATE, fates.duplicates());
                counts.add(Measure.SUPERSEDED, fates.superseded());
                counts.add(Measure.CURRENT, fates.current());
                counts.drain(out.get(COUNTS)::output);
              });
    }
  }
}
