package io.autopulse.generate.work;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints progress: on a terminal one line that changes, elsewhere a line every few seconds. Called
 * by one thread.
 */
public final class ProgressMeter implements GenerateProgress {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long PLAIN_NANOS = 3_000_000_000L;
  private static final double NANOS_A_SECOND = 1e9;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoClock;
  private String stage = "";
  private long stageStart;
  private long shownAt;
  private boolean lineOpen;

  /**
   * Makes a meter.
   *
   * @param out where it prints
   * @param terminal whether {@code out} is a terminal that people watch
   * @param nanoClock a clock in nanoseconds, such as {@code System::nanoTime}
   */
  public ProgressMeter(PrintWriter out, boolean terminal, LongSupplier nanoClock) {
    this.out = out;
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    this.stageStart = nanoClock.getAsLong();
    this.shownAt = stageStart;
  }

  @Override
  public void report(String newStage, long done, long total) {
    long now = nanoClock.getAsLong();
    if (!newStage.equals(stage)) {
      stage = newStage;
      stageStart = now;
    }
    if (now - shownAt < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return;
    }
    shownAt = now;
    double seconds = (now - stageStart) / NANOS_A_SECOND;
    String line =
        String.format(
            Locale.ROOT,
            "%s: %,d%s records, %,.0f a second",
            stage,
            done,
            total > 0 ? String.format(Locale.ROOT, " of %,d", total) : "",
            seconds > 0 ? done / seconds : 0);
    if (terminal) {
      out.print("\r\u001b[K" + line);
      lineOpen = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Clears the changing line, so that what follows begins on a line of its own. */
  public void close() {
    if (lineOpen) {
      out.print("\r\u001b[K");
      out.flush();
      lineOpen = false;
    }
  }
}
