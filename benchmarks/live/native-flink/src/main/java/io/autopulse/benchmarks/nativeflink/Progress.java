package io.autopulse.benchmarks.nativeflink;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Prints how far the job is, as JSON lines: its steps run in this process. */
final class Progress {
  static final LongAdder RECORDS = new LongAdder();
  static final LongAdder CELLS = new LongAdder();

  private static final long PERIOD_MILLIS = 250;

  private Progress() {}

  static void report() {
    Executors.newSingleThreadScheduledExecutor()
        .scheduleAtFixedRate(Progress::print, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void print() {
    System.out.printf(
        Locale.ROOT,
        "{\"at\": %.3f, \"records\": %d, \"cells\": %d}%n",
        System.currentTimeMillis() / 1e3,
        RECORDS.sum(),
        CELLS.sum());
    System.out.flush();
  }
}
