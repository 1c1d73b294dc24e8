package io.autopulse.operations.schedule;

import io.autopulse.domain.problem.InputException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The fire times of a job: a Quartz cron expression of seven fields (second, minute, hour, day of
 * month, month, day of week, year) on the clocks of a time zone.
 */
public final class Schedule {
  /** Before this hour clocks are set forward and back: a time is skipped or comes twice. */
  private static final int FIRST_SAFE_HOUR = 4;

  private static final int FIELDS = 7;

  /** How far back to look for the previous fire time; the last spans two leap days. */
  private static final List<Duration> BACK =
      List.of(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(40), Duration.ofDays(3_000));

  private final String cron;
  private final ZoneId zone;
  private final CronExpression expression;

  private Schedule(String cron, ZoneId zone) throws ParseException {
    this.cron = cron;
    this.zone = zone;
    this.expression = expression(cron, zone);
  }

  /**
   * Reads a schedule.
   *
   * @param cron seven fields, such as {@code 0 0 5 * * ? *}
   * @throws InputException if they are no Quartz cron expression, without a place
   */
  public static Schedule of(String cron, ZoneId zone) {
    try {
      if (cron.strip().split("\\s+").length == FIELDS) {
        return new Schedule(cron.strip(), zone);
      }
      throw unreadable(cron, "has not seven fields");
    } catch (ParseException e) {
      throw unreadable(cron, "cannot be read: " + e.getMessage());
    }
  }

  private static InputException unreadable(String cron, String problem) {
    return new InputException(
        "",
        "the schedule \"" + cron + "\" " + problem,
        "Write second, minute, hour, day of month, month, day of week and year in Quartz's form, such as \"0 0 5 * * ? *\"");
  }

  private static CronExpression expression(String cron, ZoneId zone) throws ParseException {
    CronExpression expression = new CronExpression(cron);
    expression.setTimeZone(TimeZone.getTimeZone(zone));
    return expression;
  }

  /** Returns the cron expression. */
  public String cron() {
    return cron;
  }

  /** Returns the zone of the clocks. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the first fire time after an instant; none if the schedule's years are over. */
  public Optional<Instant> next(Instant after) {
    return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
        .map(Date::toInstant);
  }

  /** Returns the last fire time before an instant, the instant itself not included. */
  public Optional<Instant> previous(Instant before) {
    return BACK.stream()
        .flatMap(span -> last(between(before.minus(span), before.minusMillis(1))).stream())
        .findFirst();
  }

  private static Optional<Instant> last(List<Instant> times) {
    return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() - 1));
  }

  /** Returns the fire times after an instant, up to another one, which is included. */
  public List<Instant> between(Instant after, Instant upTo) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> time = next(after);
    while (time.isPresent() && !time.get().isAfter(upTo)) {
      times.add(time.get());
      time = next(time.get());
    }
    return times;
  }

  /** Returns what is unsafe about the schedule, without a place; empty if nothing is. */
  public Optional<InputException> problem() {
    return earliestTime()
        .filter(time -> time.getHour() < FIRST_SAFE_HOUR)
        .map(
            time ->
                new InputException(
                    "",
                    "the schedule \""
                        + cron
                        + "\" fires at "
                        + time
                        + ": from 00:00 to 03:59 a time is skipped or comes twice when the clocks change",
                    "Choose 04:00 or later"));
  }

  /** Returns the earliest time of a day that second, minute and hour allow. */
  private Optional<LocalTime> earliestTime() {
    String[] fields = cron.split("\\s+");
    try {
      return Optional.ofNullable(
              expression(
                      String.join(" ", fields[0], fields[1], fields[2], "* * ? *"), ZoneOffset.UTC)
                  .getNextValidTimeAfter(Date.from(Instant.EPOCH.minusSeconds(1))))
          .map(time -> LocalTime.ofInstant(time.toInstant(), ZoneOffset.UTC));
    } catch (ParseException e) {
      throw new IllegalStateException("fields that were read before: " + cron, e);
    }
  }
}
