package io.autopulse.pipeline.live;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveRuns;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.runs.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The sales that a warehouse knows, for a live job that begins without a checkpoint: its sources
 * may hold the last days only. The job reads them as a feed beside its own; a version that the
 * sources tell again is then a duplicate. Cells of windows that begin before the first date stay as
 * the warehouse has them.
 *
 * @param file the sales, a JSON object a line
 * @param since the first business date whose sales are complete
 */
public record KnownSales(Path file, LocalDate since) {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

  // All versions of a sale, or one that moved to another date would stay in both.
  private static final String QUERY =
      """
      select
          sale_id, updated_at, sequence, status, sold_at, model_id, make, model, segment, powertrain,
          dealer_id, region, list_price, net_price, currency, channel, source
      from %1$s.sale_versions_all
      where
          currency = '%2$s'
          and sale_id in (
              select sale_id from %1$s.sale_versions_all
              where sold_at >= timestamp '%3$s' and currency = '%2$s'
          )
      """;

  /** Returns the sales that a state knows of the warehouse. */
  static KnownSales of(LiveFolder folder, String state, LocalDate since) {
    return new KnownSales(folder.known().resolve(state + ".jsonl"), since);
  }

  /**
   * Returns the first date of all windows that can still be corrected.
   *
   * @param corrections the correction horizon
   */
  static LocalDate since(Instant now, Duration corrections, Manifest manifest) {
    Instant earliest = now.minus(corrections);
    LocalDate date =
        earliest.isBefore(FIRST.atStartOfDay(ZoneOffset.UTC).toInstant())
            ? FIRST
            : earliest.atZone(manifest.timezone()).toLocalDate();
    return manifest.kpis().stream()
        .flatMap(kpis -> kpis.grains().stream())
        .map((Grain grain) -> grain.windowStart(date))
        .min(LocalDate::compareTo)
        .orElse(date);
  }

  /**
   * Takes the sales from a warehouse, and deletes the panes that the job computes anew: their
   * revisions would outlive its own.
   *
   * @return whether there are any sales
   */
  boolean take(Warehouse warehouse, Manifest manifest, Consumer<String> progress) {
    Instant from = since.atStartOfDay(manifest.timezone()).toInstant();
    String query =
        QUERY.formatted(
            Warehouse.SCHEMA, manifest.currency().getCurrencyCode(), SECONDS.format(from));
    try (Connection connection = warehouse.connect()) {
      deleteOthers();
      WarehouseSnapshot.take(
          connection,
          RunLog.PUBLICATIONS,
          List.of(new WarehouseSnapshot.Query(file.toString(), query)));
      boolean any = Files.size(file) > 0;
      if (any) {
        // Before everything that a source may hold: the stream's time stands still until all is
        // read, so that no correction of these sales is too late.
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      } else {
        Files.delete(file);
      }
      long panes = LiveRuns.deletePanes(warehouse, since);
      if (any || panes > 0) {
        progress.accept(
            "no checkpoint: starting anew with the sales since %s that the warehouse knows; %d live KPI rows are computed anew"
                .formatted(since, panes));
      }
      return any;
    } catch (SQLException e) {
      throw new WarehouseException("read the sales that a live job begins with", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteOthers() throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path old : files.toList()) {
        Files.delete(old);
      }
    }
  }
}
