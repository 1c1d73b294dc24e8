package io.autopulse.domain.forecast.life;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a model id of the vehicles feed on an as-of date.
 *
 * @param modelId its id
 * @param make its make, such as {@code RENAULT}
 * @param member its member of the dimension {@code model}, such as {@code RENAULT CLIO}: several
 *     ids may share it
 * @param segment such as {@code SUV}; null if not known
 * @param powertrain such as {@code BEV}; null if not known
 * @param price a typical price, above 0, of one currency for all models; null if not known
 * @param launchedOn the first day it can be sold; null if not known
 * @param discontinuedOn the first day from which it is only sold from stock; null if there is none
 * @param successor the id of the model that takes its place; null if there is none
 */
public record KnownVehicle(
    String modelId,
    String make,
    String member,
    @Nullable String segment,
    @Nullable String powertrain,
    @Nullable Double price,
    @Nullable LocalDate launchedOn,
    @Nullable LocalDate discontinuedOn,
    @Nullable String successor) {
  /** Returns the texts that {@link #of} reads. */
  public List<@Nullable String> texts() {
    return Arrays.asList(
        modelId,
        make,
        member,
        segment,
        powertrain,
        text(price),
        text(launchedOn),
        text(discontinuedOn),
        successor);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** Returns the vehicle that {@link #texts} gave. */
  public static KnownVehicle of(List<? extends @Nullable String> texts) {
    String price = texts.get(5);
    return new KnownVehicle(
        Objects.requireNonNull(texts.get(0)),
        Objects.requireNonNull(texts.get(1)),
        Objects.requireNonNull(texts.get(2)),
        texts.get(3),
        texts.get(4),
        price == null ? null : Double.valueOf(price),
        date(texts.get(6)),
        date(texts.get(7)),
        texts.get(8));
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    return text == null ? null : LocalDate.parse(text);
  }
}
