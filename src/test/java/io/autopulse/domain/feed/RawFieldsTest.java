package io.autopulse.domain.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RawFieldsTest {
  @Test
  void rawFieldsKeepLongRecordsWhole() {
    RawFields fields = new RawFields();
    for (int round = 0; round < 2; round++) {
      fields.clear();
      for (int i = 0; i < 100; i++) {
        fields.add("field " + i);
        fields.add("x".repeat(i * 10));
      }
      assertThat(fields.count(), is(200));
      for (int i = 0; i < 100; i++) {
        assertThat(fields.get(2 * i), is("field " + i));
        assertThat(fields.get(2 * i + 1), is("x".repeat(i * 10)));
        assertThat(fields.end(2 * i + 1) - fields.start(2 * i + 1), is(i * 10));
      }
    }
    fields.clear();
    fields.add("");
    assertThat(fields.get(0), is(""));
    assertThat(fields.count(), is(1));
  }

  @Test
  void rawFieldsOfAReaderStandWhereTheReaderHasThem() {
    RawFields fields = new RawFields();
    fields.add("own");
    fields.clear();
    char[] line = "S-1,SOLD".toCharArray();
    fields.view(line, 0, 3);
    fields.view(line, 4, 4);
    assertThat(List.of(fields.get(0), fields.get(1)), is(List.of("S-1", "SOLD")));
    assertThat(fields.text(), is(sameInstance(line)));
    assertThrows(
        IllegalArgumentException.class, () -> fields.view("elsewhere".toCharArray(), 0, 1));
    fields.clear();
    fields.add("own");
    assertThat(fields.get(0), is("own"));
  }

  @Test
  void rawFieldsGrowForOneLongField() {
    RawFields fields = new RawFields();
    fields.add("y".repeat(5000));
    fields.add("z".repeat(20_000));
    assertThat(List.of(fields.get(0).length(), fields.get(1).length()), is(List.of(5000, 20_000)));
  }
}
