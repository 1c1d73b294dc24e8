package io.autopulse.transform;

import io.autopulse.domain.quality.ReferenceRecord;
import io.autopulse.domain.sale.SaleEnricher;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final PCollectionView<List<List<ReferenceRecord>>> vehicles;
  private final PCollectionView<List<List<ReferenceRecord>>> dealers;

  private EnrichSales(
      PCollectionView<List<List<ReferenceRecord>>> vehicles,
      PCollectionView<List<List<ReferenceRecord>>> dealers) {
    this.vehicles = vehicles;
    this.dealers = dealers;
  }

  /**
   * Returns the transform with the records of vehicles and dealers, in one list or several; of a
   * key that they hold more than once, as two snapshots of a stream may for a moment, the latest
   * counts.
   */
  public static EnrichSales with(
      PCollectionView<List<List<ReferenceRecord>>> vehicles,
      PCollectionView<List<List<ReferenceRecord>>> dealers) {
    return new EnrichSales(vehicles, dealers);
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<KV<Integer, byte[]>> blocks) {
    return blocks
        .apply(
            "Enrich", ParDo.of(new EnrichFn(vehicles, dealers)).withSideInputs(vehicles, dealers))
        .setCoder(ParseSales.BLOCKS);
  }

  static final class EnrichFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<List<List<ReferenceRecord>>> vehicles;
    private final PCollectionView<List<List<ReferenceRecord>>> dealers;
    private transient @Nullable SaleEnricher enricher;

    EnrichFn(
        PCollectionView<List<List<ReferenceRecord>>> vehicles,
        PCollectionView<List<List<ReferenceRecord>>> dealers) {
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
                latest(context.sideInput(vehicles)).map(ReferenceRecord::toVehicle).toList(),
                latest(context.sideInput(dealers)).map(ReferenceRecord::toDealer).toList());
        enricher = join;
      }
      KV<Integer, byte[]> block = context.element();
      context.output(KV.of(block.getKey(), join.enrich(block.getValue())));
    }

    private static Stream<ReferenceRecord> latest(List<List<ReferenceRecord>> lists) {
      Map<String, ReferenceRecord> byKey = new HashMap<>();
      for (List<ReferenceRecord> records : lists) {
        for (ReferenceRecord record : records) {
          byKey.merge(record.key(), record, BinaryOperator.maxBy(Comparator.naturalOrder()));
        }
      }
      return byKey.values().stream();
    }
  }
}
