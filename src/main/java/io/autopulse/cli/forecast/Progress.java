package io.autopulse.cli.forecast;

import java.io.PrintWriter;
import java.util.Locale;

/** Shows how far forecasts have come, a line an origin. */
final class Progress {
  private final PrintWriter err;
  private final int origins;
  private final long started = System.nanoTime();
  private int done;

  Progress(PrintWriter err, CsvPanel panel, int origins) {
    this.err = err;
    this.origins = origins;
    say(
        String.format(Locale.ROOT, "%,d series read", panel.series().size())
            + (panel.skipped() > 0
                ? String.format(
                    Locale.ROOT, ", %,d left out because periods are missing", panel.skipped())
                : ""));
  }

  void origin() {
    done++;
    say(String.format(Locale.ROOT, "%d of %d origins forecast", done, origins));
  }

  void end() {
    say("done");
  }

  private void say(String what) {
    err.printf(Locale.ROOT, "%5.1f s  %s%n", (System.nanoTime() - started) / 1e9, what);
    err.flush();
  }
}
