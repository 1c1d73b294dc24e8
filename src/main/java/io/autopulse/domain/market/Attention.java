package io.autopulse.domain.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Attention that a topic had on a day, as known on a day. A source counts views or mentions; what
 * it does not count is null.
 *
 * @param day the business date
 * @param source where it was counted, such as {@code wikimedia}
 * @param topic a make, or make and model, as the members of sales are
 * @param knownOn the business date on whose evening these figures were first known
 * @param views page views, or null
 * @param mentions posts that name the topic, or null
 * @param sentimentMean mean over the mentions, from -1 to 1, six decimals; null without mentions
 */
public record Attention(
    LocalDate day,
    String source,
    String topic,
    LocalDate knownOn,
    @Nullable Long views,
    @Nullable Long mentions,
    @Nullable BigDecimal sentimentMean) {}
