package io.autopulse.sink.staging.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.autopulse.sink.staging.parquet.TextRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTextTest {
  @ParameterizedTest
  @CsvSource({
    "\\N, \\\\N",
    "\\\\N, \\\\\\N",
    "N, N",
    "NN, NN",
    "\\n, \\n",
    "\\Na, \\Na",
    "a\\N, a\\N",
    "\\, \\",
    "'', ''"
  })
  void textThatCopyTakesForNullIsGivenOneBackslashMore(String text, String field) {
    assertThat(RowText.field(text), is(field));
  }

  @Test
  void rowKeepsNullsAndEmptyTexts() {
    byte[] row = TextRows.encode(Arrays.asList("a", null, "", "\\N", "ü, 'x'\n🚗", null));
    Object[] line = new RowText().mapRow(row);
    assertThat(line.length, is(1));
    assertThat("SnowflakeIO would quote it", line[0], is(not(instanceOf(String.class))));
    assertThat(line[0].toString(), is("'a',,'','\\\\N','ü, ''x''\n🚗',"));
  }

  @Test
  void timesHaveMicrosecondsAndNumbersNoExponent() {
    assertThat(RowText.time(1), is("1970-01-01 00:00:00.000001"));
    assertThat(RowText.time(-1), is("1969-12-31 23:59:59.999999"));
    assertThat(RowText.time(1_715_680_800_123_456L), is("2024-05-14 10:00:00.123456"));
    assertThat(RowText.day(19_857), is("2024-05-14"));
    assertThat(RowText.number(1, 6, -7), is("0.000001"));
    assertThat(RowText.number(-1_234_567, 2, -7), is("-12345.67"));
    assertThat(RowText.number(-7, 2, -7), is(nullValue()));
  }
}
