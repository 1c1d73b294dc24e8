package io.autopulse.transform;

import io.autopulse.domain.quality.ReferenceRecord;
import io.autopulse.domain.sale.SaleEnricher;
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

  private EnrichSales(
      @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles,
      @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers) {
    this.vehicles = vehicles;
    this.dealers = dealers;
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
    return new EnrichSales(vehicles, dealers);
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<KV<Integer, byte[]>> blocks) {
    return blocks
        .apply(
            "Enrich",
            ParDo.of(new EnrichFn(vehicles, dealers))
                .withSideInputs(Stream.of(vehicles, dealers).filter(Objects::nonNull).toList()))
        .setCoder(ParseSales.BLOCKS);
  }

  static final class EnrichFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles;
    private final @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers;
    private transient @Nullable SaleEnricher enricher;

    EnrichFn(
        @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles,
        @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers) {
      this.vehicles = vehicles;
      this.dealers = dealers;
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
                latest(vehicles, context).map(ReferenceRecord::toVehicle).toList(),
                latest(dealers, context).map(ReferenceRecord::toDealer).toList());
        enricher = join;
      }
      KV<Integer, byte[]> block = context.element();
      context.output(KV.of(block.getKey(), join.enrich(block.getValue())));
    }

    private static Stream<ReferenceRecord> latest(
        @Nullable PCollectionView<List<List<ReferenceRecord>>> view, ProcessContext context) {
      Map<String, ReferenceRecord> byKey = new HashMap<>();
      List<List<ReferenceRecord>> lists = view == null ? List.of() : context.sideInput(view);
      for (List<ReferenceRecord> records : lists) {
        for (ReferenceRecord record : records) {
          byKey.merge(record.key(), record, BinaryOperator.maxBy(Comparator.naturalOrder()));
        }
      }
      return byKey.values().stream();
    }
  }
}
