package io.autopulse.transform.sales;

import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.domain.sale.block.SaleEnricher;
import io.autopulse.transform.record.SaleBlockCoder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of sale versions by shard in and out, every attribute known or {@code UNKNOWN}: the sale's
 * own, else the vehicle's or the dealer's. The reference data is a side input, read once a bundle;
 * the join touches each distinct vehicle and outlet of a block, not each sale. The rule is {@link
 * SaleEnricher}'s.
 */
public final class EnrichSales
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<KV<Integer, byte[]>>> {
  private static final long serialVersionUID = 1L;

  private final @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles;
  private final @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers;
  private final boolean mayBeEmpty;

  private EnrichSales(
      @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles,
      @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers,
      boolean mayBeEmpty) {
    this.vehicles = vehicles;
    this.dealers = dealers;
    this.mayBeEmpty = mayBeEmpty;
  }

  /**
   * Returns the transform with the records of vehicles and dealers, in one list or several; of a
   * key that they hold more than once, as two snapshots of a stream may for a moment, the latest
   * counts.
   *
   * @param vehicles null if there is no such feed
   * @param dealers null if there is no such feed
   */
  public static EnrichSales with(
      @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles,
      @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers) {
    return new EnrichSales(vehicles, dealers, true);
  }

  /**
   * Returns the transform with the snapshots of {@link FollowReference}, none of which is empty.
   * Flink hands sales that wait for a view on without it when the feed's source has ended; a step
   * that finds none so fails, and the job goes on from its checkpoint: that costs seconds, while
   * sales joined with nothing would stay wrong until the next refresh.
   *
   * @param vehicles null if there is no such feed
   * @param dealers null if there is no such feed
   */
  public static EnrichSales following(
      @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles,
      @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers) {
    return new EnrichSales(vehicles, dealers, false);
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<KV<Integer, byte[]>> blocks) {
    return blocks
        .apply(
            "Enrich",
            ParDo.of(new EnrichFn(vehicles, dealers, mayBeEmpty))
                .withSideInputs(Stream.of(vehicles, dealers).filter(Objects::nonNull).toList()))
        .setCoder(SaleBlockCoder.BY_SHARD);
  }

  static final class EnrichFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles;
    private final @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers;
    private final boolean mayBeEmpty;
    private transient @Nullable SaleEnricher enricher;

    EnrichFn(
        @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles,
        @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers,
        boolean mayBeEmpty) {
      this.vehicles = vehicles;
      this.dealers = dealers;
      this.mayBeEmpty = mayBeEmpty;
    }

    @StartBundle
    public void startBundle() {
      enricher = null;
    }

    @ProcessElement
    public void enrich(ProcessContext context) {
      SaleEnricher join = enricher;
      if (join == null) {
        join =
            new SaleEnricher(
                latest("vehicles", vehicles, context).map(ReferenceRecord::toVehicle).toList(),
                latest("dealers", dealers, context).map(ReferenceRecord::toDealer).toList());
        enricher = join;
      }
      KV<Integer, byte[]> block = context.element();
      context.output(KV.of(block.getKey(), join.enrich(block.getValue())));
    }

    private Stream<ReferenceRecord> latest(
        String feed,
        @Nullable PCollectionView<List<List<ReferenceRecord>>> view,
        ProcessContext context) {
      Map<String, ReferenceRecord> byKey = new HashMap<>();
      List<List<ReferenceRecord>> lists = view == null ? List.of() : context.sideInput(view);
      for (List<ReferenceRecord> records : lists) {
        for (ReferenceRecord record : records) {
          byKey.merge(record.key(), record, BinaryOperator.maxBy(Comparator.naturalOrder()));
        }
      }
      if (byKey.isEmpty() && view != null && !mayBeEmpty) {
        throw new IllegalStateException(
            "the list of " + feed + " is empty: going on from the last checkpoint");
      }
      return byKey.values().stream();
    }
  }
}
