package io.autopulse.transform.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.Extracts;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.market.Vintages;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.Counts.Measure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
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

  private static final ObservationCoder OBSERVATION = new ObservationCoder();

  private AggregateMarket() {}

  /** Returns the transform. */
  public static AggregateMarket bounded() {
    return new AggregateMarket();
  }

  @Override
  public PCollectionTuple expand(PCollection<Observation> observations) {
    PCollection<Observation> gaps = observations.apply("Extracts", FindExtractGaps.bounded());
    PCollectionTuple figures =
        PCollectionList.of(observations)
            .and(gaps)
            .apply("And gaps", Flatten.pCollections())
            .apply("Pack by group", ParDo.of(new PackFn()))
            .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
            .apply("Group", GroupByKey.create())
            .apply(
                "Aggregate",
                ParDo.of(new AggregateFn()).withOutputTags(FIGURES, TupleTagList.of(COUNTS)));
    figures.get(FIGURES).setCoder(new FigureCoder());
    figures.get(COUNTS).setCoder(Counts.CODER);
    return figures;
  }

  /** Packs observations of a group into blocks: a runner pays for each element that it sorts. */
  static final class PackFn extends DoFn<Observation, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int BLOCK_BYTES = 32 << 10;

    private transient ByteArrayOutputStream[] blocks;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    PackFn() {}

    @StartBundle
    public void startBundle() {
      blocks = new ByteArrayOutputStream[GROUPS];
      Arrays.setAll(blocks, group -> new ByteArrayOutputStream());
    }

    @ProcessElement
    public void pack(@Element Observation observation, OutputReceiver<KV<Integer, byte[]>> out)
        throws IOException {
      // All observations of a scope meet: each must know its extracts.
      int group = Math.floorMod(observation.scope().hashCode(), GROUPS);
      ByteArrayOutputStream block = blocks[group];
      OBSERVATION.encode(observation, block);
      if (block.size() >= BLOCK_BYTES) {
        out.output(KV.of(group, block.toByteArray()));
        block.reset();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      for (int group = 0; group < GROUPS; group++) {
        if (blocks[group].size() > 0) {
          context.output(KV.of(group, blocks[group].toByteArray()), window.maxTimestamp(), window);
        }
      }
    }
  }

  static final class AggregateFn extends DoFn<KV<Integer, Iterable<byte[]>>, Figure> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void aggregate(@Element KV<Integer, Iterable<byte[]>> group, MultiOutputReceiver out)
        throws IOException {
      Map<String, Map<String, List<Observation>>> scopes = new HashMap<>();
      for (byte[] block : group.getValue()) {
        ByteArrayInputStream in = new ByteArrayInputStream(block);
        while (in.available() > 0) {
          Observation observation = OBSERVATION.decode(in);
          scopes
              .computeIfAbsent(observation.scope(), scope -> new HashMap<>(2))
              .computeIfAbsent(observation.slice(), slice -> new ArrayList<>())
              .add(observation);
        }
      }
      Map<Feed, Counts> counts = new EnumMap<>(Feed.class);
      for (Map.Entry<String, Map<String, List<Observation>>> scope : scopes.entrySet()) {
        Map<String, List<Observation>> slices = scope.getValue();
        Extracts extracts = Extracts.of(slices.values().stream().flatMap(List::stream).toList());
        boolean hasGaps = slices.values().removeIf(all -> all.get(0).isGap());
        long current = 0;
        long superseded = 0;
        for (Map.Entry<String, List<Observation>> slice : slices.entrySet()) {
          List<Observation> observations = slice.getValue();
          Vintages vintages = Vintages.of(slice.getKey(), observations, extracts);
          vintages.figures().forEach(out.get(FIGURES)::output);
          for (Map.Entry<Kind, Vintages.Fates> fates : vintages.fates().entrySet()) {
            add(fates.getValue(), counts.computeIfAbsent(fates.getKey().feed(), Counts::new));
            current += fates.getValue().current();
            superseded += fates.getValue().superseded();
          }
          long undated =
              observations.stream().filter(o -> o.kind() == Kind.UNITS && !o.dated()).count();
          if (undated > 0) {
            counts.computeIfAbsent(Feed.REGISTRATIONS, Counts::new).addUndated(undated);
          }
        }
        if (hasGaps && current == 0) {
          counts
              .computeIfAbsent(Feed.REGISTRATIONS, Counts::new)
              .addLacked(period(scope.getKey()), superseded);
        }
      }
      counts.values().forEach(c -> c.drain(out.get(COUNTS)::output));
    }

    /** Returns the period, grain and region of a scope, for a person. */
    private static String period(String scope) {
      return scope
          .substring(scope.indexOf(Observation.SEPARATOR) + 1)
          .replace(Observation.SEPARATOR, ' ');
    }

    private static void add(Vintages.Fates fates, Counts counts) {
      counts.add(Measure.DUPLICATE, fates.duplicates());
      counts.add(Measure.SUPERSEDED, fates.superseded());
      counts.add(Measure.CURRENT, fates.current());
    }
  }
}
