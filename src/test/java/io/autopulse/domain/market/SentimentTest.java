package io.autopulse.domain.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected scores are those of vaderSentiment 3.3.2, the original in Python. */
class SentimentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "The new Clio is great|6249",
        "The new Clio is not great|-5096",
        "The new Clio is VERY GOOD!!!|7604",
        "I love my e-208, but the charging is a disaster|-6187",
        "Worst dealer ever :(|-7906",
        "It drives.|0",
        "The Golf is kind of boring|-3804",
        "At least it isn't a horrible car|4310",
        "the least reliable car|0",
        "Never so happy with a car|6948",
        "Without a doubt a good car, I hate nothing about it|798",
        "no good news from the factory|-3412",
        "My ID.3 is the bomb|6124",
        "why? why?? WHY is it so bad|-7211",
        "Absolutely terrible service; would not recommend|-6708",
        "LOVE this car|7125",
        "La nouvelle Clio est superbe|0",
        "good good good but bad bad|-7684",
        "The quality is neither good nor bad|-5824",
        "it is hardly a bad deal|-4976",
        "Tesla prices are down :) nice|7003",
        "so sad... sooo SAD|-8171",
        "A total waste of money?????|-6191"
      })
  void scoreIsThatOfTheOriginal(String text, int expected) {
    assertThat(Sentiment.of(text), is(expected));
  }

  @Test
  void emojiCountsAsWhatItShows() {
    assertThat(Sentiment.of("\uD83D\uDE0D the new Enyaq"), is(4588));
  }

  @Test
  void emptyTextIsNeutral() {
    assertThat(Sentiment.of(""), is(0));
    assertThat(Sentiment.of(" \n"), is(0));
  }
}
