package io.autopulse.cli.launch;

import io.autopulse.cli.summary.LiveReportText;
import io.autopulse.cli.summary.LiveSummaryText;
import io.autopulse.pipeline.live.FollowListener;
import io.autopulse.pipeline.manifest.KpiSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.report.LiveReport;
import io.autopulse.sink.live.LiveLoad;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a live run shows while it works: on a terminal the KPIs of the open window, if it computes
 * any, written over in place; elsewhere a line a message and one every ten seconds, for logs.
 */
final class LiveConsole implements FollowListener, AutoCloseable {
  private static final Duration TERMINAL_PERIOD = Duration.ofMillis(900);
  private static final Duration LOG_PERIOD = Duration.ofSeconds(10);
  private static final String UP = "\u001b[%dA\r";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter err;
  private final boolean terminal;
  private final Manifest manifest;
  private final Clock clock;
  private final Supplier<List<String>> absentKeys;
  private final Instant started;
  private LiveLoad total = LiveLoad.NOTHING;
  private @Nullable LiveReport report;
  private @Nullable Instant looked;
  private @Nullable Instant changed;
  private String stage = "";
  private int lines;

  /**
   * Makes a console.
   *
   * @param err takes the text
   * @param terminal whether lines may be written over
   * @param manifest the job
   * @param clock tells the open window and the lag
   * @param absentKeys says which keys records lack
   */
  LiveConsole(
      PrintWriter err,
      boolean terminal,
      Manifest manifest,
      Clock clock,
      Supplier<List<String>> absentKeys) {
    this.err = err;
    this.terminal = terminal;
    this.manifest = manifest;
    this.clock = clock;
    this.absentKeys = absentKeys;
    started = clock.instant();
  }

  @Override
  public synchronized void stage(String message) {
    stage = message;
    if (terminal) {
      paint();
    } else {
      err.println(message);
      err.flush();
    }
  }

  @Override
  public synchronized void loaded(LiveLoad load, Connection warehouse) throws SQLException {
    Instant now = clock.instant();
    add(load, now);
    if (looked == null || !now.isBefore(looked.plus(terminal ? TERMINAL_PERIOD : LOG_PERIOD))) {
      looked = now;
      Optional<KpiSpec> kpis = manifest.kpis();
      if (kpis.isPresent()) {
        report =
            LiveReport.of(
                warehouse,
                kpis.get().grains(),
                kpis.get().dimensions(),
                LocalDateTime.ofInstant(now, manifest.timezone()));
      }
      show(now);
    }
  }

  @Override
  public synchronized void ingested(LiveLoad load) {
    Instant now = clock.instant();
    add(load, now);
    show(now);
  }

  private void add(LiveLoad load, Instant now) {
    total = total.and(load);
    if (load.files() > 0) {
      changed = now;
    }
    if (load.quarantined() == 0) {
      stage = "";
    }
  }

  private void show(Instant now) {
    if (terminal) {
      paint();
    } else {
      err.println(
          progress(now)
              + Optional.ofNullable(report)
                  .map(seen -> "; " + LiveReportText.headline(seen))
                  .orElse(""));
      err.flush();
    }
  }

  private void paint() {
    StringBuilder text = new StringBuilder();
    Instant now = clock.instant();
    text.append(manifest.job()).append(", ").append(manifest.warehouse()).append('\n');
    LiveReport seen = report;
    if (seen != null) {
      text.append('\n')
          .append(LiveReportText.headline(seen))
          .append("\n\n")
          .append(LiveReportText.table(seen))
          .append('\n');
    }
    text.append(progress(now)).append('\n');
    text.append(stage.isEmpty() ? "Ctrl-C ends it" : stage).append('\n');
    erase();
    err.print(text);
    err.flush();
    lines = (int) text.chars().filter(c -> c == '\n').count();
  }

  private void erase() {
    if (lines > 0) {
      err.print(UP.formatted(lines) + ERASE_BELOW);
      lines = 0;
    }
  }

  private String progress(Instant now) {
    double seconds = Math.max(0.001, Duration.between(started, now).toMillis() / 1e3);
    boolean versions = manifest.kpis().isPresent();
    long loaded = versions ? total.versions() : total.figures();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%.0f s  %,d %s loaded, %,.0f/s",
            seconds,
            loaded,
            versions ? "versions" : "figures",
            loaded / seconds));
    if (changed != null) {
      text.append(", last ").append(age(changed, now)).append(" ago");
    }
    total
        .newest()
        .ifPresent(newest -> text.append(", newest of ").append(age(newest, now)).append(" ago"));
    if (total.rejectedRecords() > 0) {
      text.append(", rejected ").append(LiveSummaryText.rejected(total));
    }
    List<String> absent = absentKeys.get();
    if (!absent.isEmpty()) {
      text.append(", keys absent: ").append(LiveSummaryText.few(absent));
    }
    if (total.quarantined() > 0) {
      text.append(String.format(Locale.ROOT, ", files not loaded: %,d", total.quarantined()));
    }
    if (total.waiting() > 0) {
      text.append(String.format(Locale.ROOT, ", files waiting: %,d", total.waiting()));
    }
    return text.toString();
  }

  private static String age(Instant moment, Instant now) {
    long seconds = Math.max(0, Duration.between(moment, now).toSeconds());
    return seconds < 120
        ? seconds + " s"
        : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  /** Leaves the last state on the terminal. */
  @Override
  public synchronized void close() {
    if (terminal) {
      stage = "";
      lines = 0;
    }
  }
}
