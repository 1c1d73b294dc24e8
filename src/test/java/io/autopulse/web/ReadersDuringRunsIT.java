package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.Nightly;
import io.autopulse.testing.Refresh;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers and runs at once: the small form of what {@code benchmarks/dashboard} measures. */
class ReadersDuringRunsIT {
  private static final int READERS = 4;
  private static final int RUNS = Nightly.size(3, 20);

  /** A page's units, in its sentence and below its table, and its run. */
  private static final List<Pattern> FIGURES =
      List.of(
          Pattern.compile("class=\"lead\">([\\d,]+) units"),
          Pattern.compile(
              "<tfoot>\\s*<tr>\\s*<th scope=\"row\">[^<]*</th>\\s*<td[^>]*>([\\d,]+)<"));

  private static final Pattern RUN = Pattern.compile("<code>([^<]+)</code>");

  private final Map<String, Set<String>> units = new ConcurrentHashMap<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  @TempDir private Path directory;

  @Test
  void everyPageIsOfOneRunAndNoneFails() throws Exception {
    Path file = directory.resolve("test.duckdb");
    Files.createDirectory(ServingFolder.of(file).path());
    Map<String, Set<String>> expected = new TreeMap<>();
    publish(file, 1, expected);
    try (SmallDashboard dashboard = SmallDashboard.serving(file, "2024-06-30T07:00:00Z")) {
      AtomicBoolean done = new AtomicBoolean();
      List<Thread> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        readers.add(new Thread(() -> readUntil(done, dashboard)));
        readers.get(reader).start();
      }
      for (int run = 2; run <= RUNS; run++) {
        publish(file, run, expected);
      }
      done.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      read(dashboard);
    }
    assertThat(problems, is(empty()));
    units.forEach((run, seen) -> assertThat(expected, hasEntry(run, seen)));
    assertThat(
        "the last run is shown", units.keySet().contains(lastOf(expected.keySet())), is(true));
  }

  private static String lastOf(Set<String> runs) {
    return new TreeSet<>(runs).last();
  }

  /** Publishes a run that finds ten sales more than the one before. */
  private void publish(Path file, int run, Map<String, Set<String>> expected) throws IOException {
    StringBuilder sales =
        new StringBuilder("sale_id,updated_at,status,sold_at,make,model,region,net_price\n");
    for (int n = 0; n < 10 * run; n++) {
      sales.append(
          "S%d,2024-06-10T08:00:00Z,SOLD,2024-06-10T08:00:00Z,FIAT,500,NORTH,10000\n".formatted(n));
    }
    Files.writeString(directory.resolve("sales.csv"), sales);
    Path manifest = directory.resolve("sales.yaml");
    Files.writeString(
        manifest,
        """
        job: erp
        timezone: Europe/Berlin
        currency: EUR
        lookback: all
        feeds:
          sales:
            from: {type: csv, path: "%s"}
        warehouse: duckdb:%s
        """
            .formatted(directory.resolve("sales.csv"), file));
    expected.put(Refresh.of(manifest, file).run().runId(), Set.of(String.valueOf(10 * run)));
  }

  private void readUntil(AtomicBoolean done, SmallDashboard dashboard) {
    while (!done.get()) {
      read(dashboard);
    }
  }

  private void read(SmallDashboard dashboard) {
    try {
      for (String page : List.of("/overview", "/sales?by=region&known=2024-06-20", "/market")) {
        HttpResponse<String> answer = dashboard.get(page);
        if (answer.statusCode() != 200) {
          problems.add(page + " " + answer.statusCode() + " " + answer.body());
        }
      }
      String page = dashboard.get("/sales?by=region").body();
      Matcher run = RUN.matcher(page);
      if (!run.find()) {
        problems.add(page);
        return;
      }
      for (Pattern figure : FIGURES) {
        Matcher found = figure.matcher(page);
        while (found.find()) {
          units
              .computeIfAbsent(run.group(1), id -> new ConcurrentSkipListSet<>())
              .add(found.group(1));
        }
      }
    } catch (IOException | InterruptedException e) {
      problems.add(e.toString());
    }
  }
}
