package io.autopulse.generate.world;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.format.LandingFormat;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What landing zone to generate. The same spec gives the same bytes, whatever {@code threads} says.
 *
 * @param directory where to write: absent or empty
 * @param versions distinct good sale versions; duplicates and defects come on top
 * @param seed what the invented data depends on
 * @param period the business dates that vehicles are sold on
 * @param timezone the time zone of the business dates
 * @param dealers number of dealers
 * @param models number of vehicles in the reference feed
 * @param files number of files of the sales feed
 * @param rates corrections, repeats and defects
 * @param format how the records are written
 * @param gzip whether the files of all feeds are compressed
 * @param truth whether the true KPIs are computed and written
 * @param threads how many threads work
 */
public record GenerateSpec(
    Path directory,
    long versions,
    long seed,
    BusinessInterval period,
    ZoneId timezone,
    int dealers,
    int models,
    int files,
    SaleRates rates,
    LandingFormat format,
    boolean gzip,
    boolean truth,
    int threads) {
  private static final long MOST_VERSIONS = 1_000_000_000;
  private static final int MOST_VERSIONS_WITH_TRUTH = 100_000_000;
  private static final LocalDate EARLIEST = LocalDate.of(1980, 1, 2);
  private static final LocalDate LATEST = LocalDate.of(2099, 1, 1);

  /** Checks the numbers and makes the directory absolute. */
  public GenerateSpec {
    directory = directory.toAbsolutePath().normalize();
    requireBetween("--versions", versions, 1, truth ? MOST_VERSIONS_WITH_TRUTH : MOST_VERSIONS);
    requireBetween("--dealers", dealers, 1, 99_999);
    requireBetween("--models", models, 1, 99_999);
    requireBetween("--files", files, 1, 999);
    requireBetween("--threads", threads, 1, 256);
    if (period.from().isBefore(EARLIEST) || period.to().isAfter(LATEST)) {
      throw new InputException(
          "--from, --until",
          period + " leaves the plausible range of sale dates",
          "Stay between " + EARLIEST + " and " + LATEST);
    }
  }

  /** Returns the defaults of the command line: 100,000 versions of the year 2024, with truth. */
  public static GenerateSpec into(Path directory) {
    return new GenerateSpec(
        directory,
        100_000,
        42,
        new BusinessInterval(LocalDate.of(2024, 1, 1), LocalDate.of(2025, 1, 1)),
        ZoneId.of("Europe/Paris"),
        120,
        160,
        8,
        SaleRates.USUAL,
        LandingFormat.CSV,
        false,
        true,
        Runtime.getRuntime().availableProcessors());
  }

  /** Returns the same spec with another number of versions. */
  public GenerateSpec withVersions(long number) {
    return new GenerateSpec(
        directory, number, seed, period, timezone, dealers, models, files, rates, format, gzip,
        truth, threads);
  }

  /** Returns the same spec with another seed. */
  public GenerateSpec withSeed(long number) {
    return new GenerateSpec(
        directory, versions, number, period, timezone, dealers, models, files, rates, format, gzip,
        truth, threads);
  }

  /** Returns the same spec for other business dates. */
  public GenerateSpec withPeriod(BusinessInterval dates) {
    return new GenerateSpec(
        directory, versions, seed, dates, timezone, dealers, models, files, rates, format, gzip,
        truth, threads);
  }

  /** Returns the same spec with other numbers of dealers, models and sales files. */
  public GenerateSpec withSizes(int dealerCount, int modelCount, int fileCount) {
    return new GenerateSpec(
        directory,
        versions,
        seed,
        period,
        timezone,
        dealerCount,
        modelCount,
        fileCount,
        rates,
        format,
        gzip,
        truth,
        threads);
  }

  /** Returns the same spec with other rates. */
  public GenerateSpec withRates(SaleRates other) {
    return new GenerateSpec(
        directory, versions, seed, period, timezone, dealers, models, files, other, format, gzip,
        truth, threads);
  }

  /** Returns the same spec with another way of writing. */
  public GenerateSpec withFormat(LandingFormat other, boolean compressed) {
    return new GenerateSpec(
        directory,
        versions,
        seed,
        period,
        timezone,
        dealers,
        models,
        files,
        rates,
        other,
        compressed,
        truth,
        threads);
  }

  /** Returns the same spec for another number of threads. */
  public GenerateSpec withThreads(int number) {
    return new GenerateSpec(
        directory, versions, seed, period, timezone, dealers, models, files, rates, format, gzip,
        truth, number);
  }

  private static void requireBetween(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InputException(
          option, value + " is out of range", "Give a number from " + least + " to " + most);
    }
  }
}
