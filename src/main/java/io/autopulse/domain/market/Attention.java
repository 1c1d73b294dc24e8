package io.autopulse.domain.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
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
    @Nullable BigDecimal sentimentMean) {
  /**
   * Returns the attention that a figure is.
   *
   * @param figure of {@link MarketTable#MARKET_ATTENTION}
   */
  public static Attention of(Figure figure) {
    List<String> key = figure.key();
    String views = figure.values().get(0);
    String mentions = figure.values().get(1);
    String sentiment = figure.values().get(2);
    return new Attention(
        LocalDate.parse(key.get(0)),
        key.get(1),
        key.get(2),
        figure.knownOn(),
        views == null ? null : Long.valueOf(views),
        mentions == null ? null : Long.valueOf(mentions),
        sentiment == null ? null : new BigDecimal(sentiment));
  }
}
