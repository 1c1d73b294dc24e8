package io.autopulse.domain.forecast.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier vintage said of a period that is complete now.
 *
 * @param dimension the dimension's name
 * @param member the member
 * @param asOf the last date that the forecast knew
 * @param period the first day of the period
 * @param horizon how many periods ahead, from 1
 * @param method as in {@link LedgerRow}
 * @param mean units
 * @param bounds lower 80 %, upper 80 %, lower 95 %, upper 95 %; of a method without an interval
 *     none
 */
public record PastForecast(
    String dimension,
    String member,
    LocalDate asOf,
    LocalDate period,
    int horizon,
    String method,
    double mean,
    List<Double> bounds) {
  /** Copies the bounds. */
  public PastForecast {
    bounds = List.copyOf(bounds);
  }

  /** Returns the texts that {@link #of} reads. */
  public List<@Nullable String> texts() {
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(dimension);
    texts.add(member);
    texts.add(asOf.toString());
    texts.add(period.toString());
    texts.add(String.valueOf(horizon));
    texts.add(method);
    texts.add(String.valueOf(mean));
    bounds.forEach(bound -> texts.add(String.valueOf(bound)));
    return texts;
  }

  /** Returns the forecast that {@link #texts} gave. */
  public static PastForecast of(List<? extends @Nullable String> texts) {
    List<String> known = texts.stream().map(String::valueOf).toList();
    return new PastForecast(
        known.get(0),
        known.get(1),
        LocalDate.parse(known.get(2)),
        LocalDate.parse(known.get(3)),
        Integer.parseInt(known.get(4)),
        known.get(5),
        Double.parseDouble(known.get(6)),
        known.subList(7, known.size()).stream().map(Double::valueOf).toList());
  }
}
