package io.autopulse.cli.launch;

import io.autopulse.pipeline.run.RunListener;
import io.autopulse.transform.record.RunProgress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What a run shows while it works: on a terminal one line that is written over, elsewhere a line a
 * stage and one every few seconds, for logs. The line names the stage, the records read or the fits
 * of a forecast, and their rate.
 */
final class RunConsole implements RunListener, AutoCloseable {
  private static final long TERMINAL_MILLIS = 200;
  private static final long LOG_MILLIS = 5000;
  private static final String ERASE = "\r\u001b[2K";

  private final PrintWriter err;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private final Thread ticker;
  private volatile String stage = "starting";
  private volatile boolean closed;

  RunConsole(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
    ticker = new Thread(this::tick, "run-progress");
    ticker.setDaemon(true);
    ticker.start();
  }

  @Override
  public void stage(String message) {
    stage = message;
    if (!terminal) {
      show();
    }
  }

  private void tick() {
    while (!closed) {
      try {
        Thread.sleep(terminal ? TERMINAL_MILLIS : LOG_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      if (!closed) {
        show();
      }
    }
  }

  private synchronized void show() {
    double seconds = (System.nanoTime() - started) / 1e9;
    String current = stage.equals("reading") ? RunProgress.stage() : stage;
    String line = String.format(Locale.ROOT, "%5.1f s  %s%s", seconds, current, counts(seconds));
    if (terminal) {
      err.print(ERASE + line);
    } else {
      err.println(line);
    }
    err.flush();
  }

  private static String counts(double seconds) {
    long read = RunProgress.recordsRead();
    if (read > 0) {
      return String.format(Locale.ROOT, "  %,d records read, %,.0f/s", read, read / seconds);
    }
    long fits = RunProgress.fits();
    return fits == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "  %,d of %,d fits, %,.0f/s",
            fits,
            RunProgress.fitsExpected(),
            fits / seconds);
  }

  @Override
  public synchronized void close() {
    closed = true;
    ticker.interrupt();
    if (terminal) {
      err.print(ERASE);
      err.flush();
    }
  }
}
