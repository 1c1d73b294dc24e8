package io.autopulse.pipeline.live;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveRuns;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
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
import java.util.List;
import java.util.Map;
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
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

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
        SqlFile.read(
            KnownSales.class,
            "known-sales",
            Map.of(
                "core",
                Warehouse.SCHEMA,
                "currency",
                SqlNames.literal(manifest.currency().getCurrencyCode()),
                "since",
                SqlNames.literal(from)));
    try (Connection connection = warehouse.connect()) {
      deleteOthers();
      WarehouseSnapshot.take(
          connection,
          RunLog.publications(),
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
