package io.autopulse.transform.forecast;

import io.autopulse.domain.forecast.hierarchy.Cell;
import io.autopulse.domain.forecast.ledger.CoherentForecasts;
import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.forecast.ledger.PanelForecast;
import java.util.ArrayList;
import java.util.List;
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

/**
 * The forecasts of each dimension in; rows of the ledger whose numbers add up out. Bounded, global
 * window; all dimensions are one element, because each number depends on all others.
 */
public final class ReconcileForecasts
    extends PTransform<PCollection<PanelForecast>, PCollection<LedgerRow>> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> attributes;
  private final PCollectionView<Iterable<List<String>>> cells;

  private ReconcileForecasts(
      List<String> attributes, PCollectionView<Iterable<List<String>>> cells) {
    this.attributes = new ArrayList<>(attributes);
    this.cells = cells;
  }

  /**
   * Returns the transform.
   *
   * @param attributes what the cells are made of
   * @param cells of each its members, and what it sold lately
   */
  public static ReconcileForecasts of(
      List<String> attributes, PCollectionView<Iterable<List<String>>> cells) {
    return new ReconcileForecasts(attributes, cells);
  }

  @Override
  public PCollection<LedgerRow> expand(PCollection<PanelForecast> forecasts) {
    return forecasts
        .apply("All together", WithKeys.of((Void) null))
        .setCoder(KvCoder.of(VoidCoder.of(), new PanelForecastCoder()))
        .apply("Group", GroupByKey.create())
        .apply("Reconcile", ParDo.of(new ReconcileFn(attributes, cells)).withSideInputs(cells))
        .setCoder(TextsCoder.ofLedgerRows());
  }

  static final class ReconcileFn extends DoFn<KV<Void, Iterable<PanelForecast>>, LedgerRow> {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> attributes;
    private final PCollectionView<Iterable<List<String>>> cellView;

    ReconcileFn(List<String> attributes, PCollectionView<Iterable<List<String>>> cellView) {
      this.attributes = new ArrayList<>(attributes);
      this.cellView = cellView;
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
      CoherentForecasts.of(attributes, cells, panels).forEach(out::output);
    }
  }
}
