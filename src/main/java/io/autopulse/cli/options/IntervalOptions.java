package io.autopulse.cli.options;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A range of business dates. */
public final class IntervalOptions {
  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = IsoDate.class,
      description = "The first business date, inclusive, such as 2024-01-01.")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = IsoDate.class,
      description = "The business date after the last, exclusive.")
  private @Nullable LocalDate to;

  /**
   * Returns the dates, if the call has them.
   *
   * @throws InputException if only one is given, or they are no interval
   */
  public Optional<BusinessInterval> read() {
    if (from == null && to == null) {
      return Optional.empty();
    }
    if (from == null || to == null) {
      throw new InputException(
          from == null ? "--from" : "--to",
          "is missing: a range of dates needs both its ends",
          "Give --from D (inclusive) and --to D (exclusive), or neither for the manifest's lookback");
    }
    if (!from.isBefore(to)) {
      throw new InputException(
          "--from " + from + " --to " + to,
          "is an empty range: --to is exclusive",
          "For the one day " + from + " give --to " + from.plusDays(1));
    }
    return Optional.of(new BusinessInterval(from, to));
  }

  /**
   * Reads a date in the only form that means the same everywhere. Schedulers pass options without a
   * value as empty ones: they count as not given.
   */
  public static final class IsoDate implements ITypeConverter<LocalDate> {
    @Override
    public @Nullable LocalDate convert(String text) {
      if (text.isBlank()) {
        return null;
      }
      try {
        return LocalDate.parse(text.strip());
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is not a date in the form YYYY-MM-DD, such as 2018-05-01");
      }
    }
  }

  /** Returns the dates, which the call must have. */
  public BusinessInterval readRequired() {
    return read()
        .orElseThrow(
            () ->
                new InputException(
                    "--from and --to",
                    "are missing: a backfill recomputes the dates that it is given",
                    "Give --from D (inclusive) and --to D (exclusive)"));
  }
}
