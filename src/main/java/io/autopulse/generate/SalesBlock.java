package io.autopulse.generate;

import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.truth.TruthRows;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleHistory;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.SalesFeed;
import io.autopulse.generate.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sales of one stretch of the period and the records that arrive of them. Blocks depend
 * on the spec and their number only, so they can be made in any order and on any thread, and memory
 * holds a few of them however many there are.
 */
final class SalesBlock {
  /** Versions in a block. Part of what the bytes depend on. */
  static final int VERSIONS = 8192;

  private static final int FILES_LATE = 3;

  private final World world;
  private final GenerateSpec spec;
  private final SaleHistory histories;
  private final HostileText hostile;
  private final DefectInjector injector;
  private final long[] extractedAt;

  SalesBlock(World world) {
    this.world = world;
    this.spec = world.spec();
    this.histories = new SaleHistory(world);
    this.hostile = new HostileText(spec.rates().defects());
    this.injector = new DefectInjector(spec.format());
    this.extractedAt = new LandingLayout(spec, world.calendar()).extractedAtMillis();
  }

  /** Returns the number of blocks of a spec. */
  static long count(GenerateSpec spec) {
    return (spec.versions() + VERSIONS - 1) / VERSIONS;
  }

  /** Makes the block of that number, from 0. */
  Output make(long number) {
    SplittableRandom random = world.random(number);
    // Defects and hostile text have a chance of their own: the good sales are the same at any rate
    // of defects.
    SplittableRandom mischief = random.split();
    long start = number * VERSIONS;
    int quota = (int) Math.min(VERSIONS, spec.versions() - start);
    List<Arrival> arrivals = new ArrayList<>(quota + quota / 8);
    TruthRows.Builder rows = new TruthRows.Builder(quota);
    List<SaleVersion> current = new ArrayList<>(quota);
    long late = 0;
    long duplicates = 0;
    while (rows.size() < quota) {
      double share = (start + quota * random.nextDouble()) / spec.versions();
      List<SaleVersion> versions =
          histories.versions(start + current.size() + 1, share, quota - rows.size(), random);
      versions.replaceAll(version -> hostile.maybe(version, mischief));
      for (int i = 0; i < versions.size(); i++) {
        rows.add(versions.get(i), i == versions.size() - 1);
      }
      current.add(versions.get(versions.size() - 1));
      late += arrive(versions, arrivals, random);
      duplicates += repeat(versions, arrivals, random);
    }
    int defects = addDefects(start, quota, current, arrivals, mischief);
    arrivals.sort(
        Comparator.comparingInt(Arrival::file)
            .thenComparingLong(Arrival::time)
            .thenComparingInt(Arrival::order));
    List<Defect.Place> places = new ArrayList<>(defects);
    return new Output(
        encode(arrivals, places, mischief),
        places,
        rows.build(),
        current,
        new Counts(arrivals.size(), duplicates, late));
  }

  /**
   * Sends each version to the file of its time, except that late ones come after what is newer.
   * Returns the late ones.
   */
  private int arrive(List<SaleVersion> versions, List<Arrival> arrivals, SplittableRandom random) {
    int late = 0;
    Arrival newer = null;
    for (int i = versions.size() - 1; i >= 0; i--) {
      SaleVersion version = versions.get(i);
      int file = fileOf(version);
      long time = version.updatedAt();
      if (random.nextDouble() < spec.rates().late()) {
        int after = newer == null ? file : newer.file();
        int last = spec.files() - 1;
        if (after < last) {
          file = after + 1 + random.nextInt(Math.min(FILES_LATE, last - after));
          late++;
        } else if (newer != null) {
          file = last;
          time = newer.time() + 1;
          late++;
        }
      }
      newer = new Arrival(file, time, arrivals.size(), version, null);
      arrivals.add(newer);
    }
    return late;
  }

  private int repeat(List<SaleVersion> versions, List<Arrival> arrivals, SplittableRandom random) {
    int repeated = 0;
    for (SaleVersion version : versions) {
      if (random.nextDouble() < spec.rates().duplicates()) {
        int file = random.nextInt(spec.files());
        arrivals.add(
            new Arrival(
                file,
                version.updatedAt() + random.nextInt(86_400_000),
                arrivals.size(),
                version,
                null));
        repeated++;
      }
    }
    return repeated;
  }

  /**
   * Adds the block's part of all defects; each resembles a good sale but has a sale id of its own.
   */
  private int addDefects(
      long start,
      int quota,
      List<SaleVersion> good,
      List<Arrival> arrivals,
      SplittableRandom random) {
    double rate = spec.rates().defects();
    long first = (long) (rate * start);
    long end = (long) (rate * (start + quota));
    for (long number = first; number < end; number++) {
      SaleVersion like = good.get(random.nextInt(good.size()));
      arrivals.add(
          new Arrival(
              random.nextInt(spec.files()),
              like.updatedAt(),
              arrivals.size(),
              like.withSaleId(SalesFeed.saleId(9, number)),
              injector.choose(number)));
    }
    return Math.toIntExact(end - first);
  }

  private List<Part> encode(
      List<Arrival> arrivals, List<Defect.Place> places, SplittableRandom random) {
    RecordEncoder encoder = spec.format().encoder(SalesFeed.COLUMNS, random);
    List<Part> parts = new ArrayList<>();
    RecordBuffer buffer = new RecordBuffer(VERSIONS * 160);
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      int file = arrival.file();
      Defect defect = arrival.defect();
      if (defect == null) {
        SalesFeed.write(arrival.version(), buffer, extractedAt[file], encoder);
      } else {
        places.add(new Defect.Place(file, buffer.lines() + 1L, defect.code(), defect.field()));
        injector.write(defect, arrival.version(), buffer, extractedAt[file], encoder);
      }
      if (i == arrivals.size() - 1 || arrivals.get(i + 1).file() != file) {
        parts.add(Part.of(file, buffer, spec.gzip()));
        buffer.clear();
      }
    }
    return parts;
  }

  private int fileOf(SaleVersion version) {
    double share = world.calendar().shareBefore(version.updatedAt() / 1000);
    return Math.min(spec.files() - 1, (int) (share * spec.files()));
  }

  /** A record on its way: in which file, and when among the records of that file. */
  private record Arrival(
      int file, long time, int order, SaleVersion version, @Nullable Defect defect) {}

  /**
   * Bytes for the end of a file.
   *
   * @param file index of the sales file
   * @param bytes as they stand in the file: whole records, or a gzip member of them
   * @param lines physical lines in them
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way to a file: never compared.
  record Part(int file, byte[] bytes, int lines) {
    static Part of(int file, RecordBuffer buffer, boolean gzip) {
      byte[] plain = buffer.toBytes();
      return new Part(file, gzip ? compressed(plain) : plain, buffer.lines());
    }

    private static byte[] compressed(byte[] plain) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }

  /**
   * How many records a block has.
   *
   * @param records all of them: versions, duplicates, defects
   * @param duplicates exact repeats
   * @param late versions that arrive too late
   */
  record Counts(long records, long duplicates, long late) {}

  /**
   * What a block gives.
   *
   * @param parts the bytes, one part a file at most
   * @param defects the defects, their lines counted from the part's beginning
   * @param rows the distinct versions, for the truth
   * @param current the version of each sale that counts
   * @param counts the records
   */
  record Output(
      List<Part> parts,
      List<Defect.Place> defects,
      TruthRows rows,
      List<SaleVersion> current,
      Counts counts) {}
}
