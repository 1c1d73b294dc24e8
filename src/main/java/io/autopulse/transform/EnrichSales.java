package io.autopulse.transform;

import io.autopulse.domain.quality.ReferenceRecord;
import io.autopulse.domain.sale.SaleEnricher;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of sale versions in and out, every attribute known or {@code UNKNOWN}: the sale's own,
 * else the vehicle's or the dealer's. The reference data is a side input, read once a bundle; the
 * join touches each distinct vehicle and outlet of a block, not each sale. The rule is {@link
 * SaleEnricher}'s.
 */
public final class EnrichSales extends PTransform<PCollection<byte[]>, PCollection<byte[]>> {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<List<ReferenceRecord>> vehicles;
  private final PCollectionView<List<ReferenceRecord>> dealers;

  private EnrichSales(
      PCollectionView<List<ReferenceRecord>> vehicles,
      PCollectionView<List<ReferenceRecord>> dealers) {
    this.vehicles = vehicles;
    this.dealers = dealers;
  }

  /** Returns the transform with the latest record of each vehicle and dealer. */
  public static EnrichSales with(
      PCollectionView<List<ReferenceRecord>> vehicles,
      PCollectionView<List<ReferenceRecord>> dealers) {
    return new EnrichSales(vehicles, dealers);
  }

  @Override
  public PCollection<byte[]> expand(PCollection<byte[]> blocks) {
    return blocks
        .apply(
            "Enrich", ParDo.of(new EnrichFn(vehicles, dealers)).withSideInputs(vehicles, dealers))
        .setCoder(ByteArrayCoder.of());
  }

  static final class EnrichFn extends DoFn<byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<List<ReferenceRecord>> vehicles;
    private final PCollectionView<List<ReferenceRecord>> dealers;
    private transient @Nullable SaleEnricher enricher;

    EnrichFn(
        PCollectionView<List<ReferenceRecord>> vehicles,
        PCollectionView<List<ReferenceRecord>> dealers) {
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
                context.sideInput(vehicles).stream().map(ReferenceRecord::toVehicle).toList(),
                context.sideInput(dealers).stream().map(ReferenceRecord::toDealer).toList());
        enricher = join;
      }
      context.output(join.enrich(context.element()));
    }
  }
}
