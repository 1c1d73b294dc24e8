package io.autopulse.generate.live;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.LandingZoneGenerator;
import io.autopulse.generate.ReferenceFeeds;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends invented sales as they happen, at a steady rate, to files of a landing zone or to Kafka,
 * until asked to stop.
 */
public final class LiveGenerator {
  /** How far back sales lie that come in now: well within the usual correction horizon. */
  private static final int DAYS = 28;

  private static final int MOST_RATE = 1_000_000;

  private final World world;
  private final double rate;
  private final long most;
  private final Optional<String> bootstrapServers;
  private final Clock clock;
  private final GenerateProgress progress;

  /**
   * What was sent.
   *
   * @param records records of sales
   * @param sales first versions of sales
   * @param corrections corrections, cancellations and returns of them
   * @param duplicates versions that were sent a second time
   * @param late versions that were sent behind newer ones
   */
  public record Summary(long records, long sales, long corrections, long duplicates, long late) {}

  /**
   * Makes a generator.
   *
   * @param spec directory of the manifests (and files), seed, time zone, sizes and rates
   * @param rate records a second
   * @param most records after which to stop
   * @param bootstrapServers of Kafka; files if absent
   * @throws InputException if the rate or the number of records is out of range
   */
  public LiveGenerator(
      GenerateSpec spec,
      double rate,
      long most,
      Optional<String> bootstrapServers,
      Clock clock,
      GenerateProgress progress) {
    require("--rate " + rate, rate > 0 && rate <= MOST_RATE, "is not between 0 and " + MOST_RATE);
    require("--records " + most, most > 0, "is not a positive number");
    LocalDate today = LocalDate.ofInstant(clock.instant(), spec.timezone());
    LandingFormat format =
        bootstrapServers.isPresent() ? LandingFormat.JSON : LandingFormat.AIRBYTE_JSONL;
    world =
        World.of(
            spec.withPeriod(new BusinessInterval(today.minusDays(DAYS - 1), today.plusDays(1)))
                .withFormat(format, false));
    this.rate = rate;
    this.most = most;
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Sends until stopped or {@code most} records are sent.
   *
   * @param ready takes the manifest of the live job, once vehicles and dealers are there
   * @throws InputException if the directory is not empty or Kafka does not answer
   * @throws IOException if a file cannot be written or Kafka does not take a message
   */
  public Summary run(CountDownLatch stop, Consumer<Path> ready) throws IOException {
    LandingZoneGenerator.requireEmpty(world.spec().directory());
    Instant start = clock.instant();
    LiveStream stream = new LiveStream(world, "L" + start.toEpochMilli());
    try (LiveOutput output = output()) {
      ReferenceFeeds reference = new ReferenceFeeds(world);
      output.sendReference("vehicles", reference.vehicles());
      output.sendReference("dealers", reference.dealers());
      ready.accept(output.writeManifests());
      return send(stream, output, start, stop);
    }
  }

  private static void require(String option, boolean holds, String problem) {
    if (!holds) {
      throw new InputException(option, problem, "Give another number");
    }
  }

  private LiveOutput output() {
    return bootstrapServers
        .<LiveOutput>map(servers -> new LiveTopics(world, servers))
        .orElseGet(() -> new LiveFiles(world));
  }

  private Summary send(LiveStream stream, LiveOutput output, Instant start, CountDownLatch stop)
      throws IOException {
    long sent = 0;
    while (true) {
      Instant now = clock.instant();
      double seconds = Duration.between(start, now).toMillis() / 1e3;
      for (long due = Math.min(most, (long) (seconds * rate)); sent < due; sent++) {
        output.add(stream.next(now.toEpochMilli()), now);
      }
      output.flush(now);
      progress.report("sales", sent, most == Long.MAX_VALUE ? 0 : most);
      if (sent >= most || isStopped(stop, output.interval())) {
        return new Summary(
            sent, stream.sales(), stream.corrections(), stream.duplicates(), stream.late());
      }
    }
  }

  private static boolean isStopped(CountDownLatch stop, Duration patience) {
    try {
      return stop.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
