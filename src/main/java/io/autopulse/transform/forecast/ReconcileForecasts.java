package io.autopulse.transform.forecast;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.hierarchy.Cell;
import io.autopulse.domain.forecast.ledger.CoherentForecasts;
import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.forecast.ledger.PanelForecast;
import io.autopulse.domain.forecast.ledger.PastForecast;
import io.autopulse.domain.forecast.ledger.UnsoldModels;
import io.autopulse.domain.forecast.life.KnownVehicle;
import io.autopulse.transform.calendar.CountryHolidays;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * The forecasts of each dimension in; rows of the ledger whose numbers add up out, without half of
 * the bias that the last vintages had. Models that are not sold yet get a place in all dimensions.
 * Bounded, global window; all dimensions are one element, because each number depends on all
 * others.
 */
public final class ReconcileForecasts
    extends PTransform<PCollection<PanelForecast>, PCollection<LedgerRow>> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> attributes;
  private final PCollectionView<Iterable<List<String>>> cells;
  private final PCollectionView<Iterable<PastForecast>> past;
  private final @Nullable String country;
  private final PCollectionView<Iterable<KnownVehicle>> vehicles;

  private ReconcileForecasts(
      List<String> attributes,
      PCollectionView<Iterable<List<String>>> cells,
      PCollectionView<Iterable<PastForecast>> past,
      @Nullable String country,
      PCollectionView<Iterable<KnownVehicle>> vehicles) {
    this.attributes = new ArrayList<>(attributes);
    this.cells = cells;
    this.past = past;
    this.country = country;
    this.vehicles = vehicles;
  }

  /**
   * Returns the transform.
   *
   * @param attributes what the cells are made of
   * @param cells of each its members, and what it sold lately
   * @param past what earlier vintages said of regions and powertrains
   * @param country whose holidays are no selling days; empty for none
   * @param vehicles what is known of vehicles
   */
  public static ReconcileForecasts of(
      List<String> attributes,
      PCollectionView<Iterable<List<String>>> cells,
      PCollectionView<Iterable<PastForecast>> past,
      Optional<String> country,
      PCollectionView<Iterable<KnownVehicle>> vehicles) {
    return new ReconcileForecasts(attributes, cells, past, country.orElse(null), vehicles);
  }

  @Override
  public PCollection<LedgerRow> expand(PCollection<PanelForecast> forecasts) {
    return forecasts
        .apply("All together", WithKeys.of((Void) null))
        .setCoder(KvCoder.of(VoidCoder.of(), new PanelForecastCoder()))
        .apply("Group", GroupByKey.create())
        .apply(
            "Reconcile",
            ParDo.of(new ReconcileFn(attributes, cells, past, country, vehicles))
                .withSideInputs(cells, past, vehicles))
        .setCoder(TextsCoder.ofLedgerRows());
  }

  static final class ReconcileFn extends DoFn<KV<Void, Iterable<PanelForecast>>, LedgerRow> {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> attributes;
    private final PCollectionView<Iterable<List<String>>> cellView;
    private final PCollectionView<Iterable<PastForecast>> pastView;
    private final @Nullable String country;
    private final PCollectionView<Iterable<KnownVehicle>> vehicleView;

    ReconcileFn(
        List<String> attributes,
        PCollectionView<Iterable<List<String>>> cellView,
        PCollectionView<Iterable<PastForecast>> pastView,
        @Nullable String country,
        PCollectionView<Iterable<KnownVehicle>> vehicleView) {
      this.attributes = new ArrayList<>(attributes);
      this.cellView = cellView;
      this.pastView = pastView;
      this.country = country;
      this.vehicleView = vehicleView;
    }

    @ProcessElement
    public void reconcile(
        @Element KV<Void, Iterable<PanelForecast>> all,
        ProcessContext context,
        OutputReceiver<LedgerRow> out) {
      int members = attributes.size();
      List<Cell> cells = new ArrayList<>();
      for (List<String> cell : context.sideInput(cellView)) {
        cells.add(new Cell(cell.subList(0, members), Double.parseDouble(cell.get(members))));
      }
      List<PanelForecast> panels = new ArrayList<>();
      all.getValue().forEach(panels::add);
      UnsoldModels placed =
          UnsoldModels.place(attributes, cells, panels, context.sideInput(vehicleView));
      List<PastForecast> past = new ArrayList<>();
      context.sideInput(pastView).forEach(past::add);
      CoherentForecasts.of(
              attributes,
              placed.cells(),
              placed.panels(),
              past,
              Optional.ofNullable(country).map(code -> SellingDays.of(CountryHolidays.of(code))))
          .forEach(out::output);
    }
  }
}
