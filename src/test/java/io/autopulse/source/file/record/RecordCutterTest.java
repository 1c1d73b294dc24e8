package io.autopulse.source.file.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCutterTest {
  private static List<String> cut(String text, CsvDialect dialect) {
    RecordCutter cutter = new RecordCutter(dialect);
    List<String> records = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean ends = cutter.endsRecord((byte) text.charAt(i));
      boolean pair = text.startsWith("\r\n", i);
      if (ends && !pair) {
        records.add(text.substring(from, i + 1));
        from = i + 1;
      }
    }
    if (from < text.length()) {
      records.add(text.substring(from));
    }
    return records;
  }

  private static List<String> cut(String text) {
    return cut(text, CsvDialect.RFC_4180);
  }

  @Test
  void quotedLineBreaksDoNotEndARecord() {
    assertThat(cut("a,\"b\nc\"\nd"), is(List.of("a,\"b\nc\"\n", "d")));
    assertThat(cut("\"a\r\nb\"\r\nc\r\n"), is(List.of("\"a\r\nb\"\r\n", "c\r\n")));
    assertThat(cut("\"a\"\"\n\"\nb\n"), is(List.of("\"a\"\"\n\"\n", "b\n")));
    assertThat(cut("\"\"\nb\n"), is(List.of("\"\"\n", "b\n")));
    assertThat(cut("\"\"\"\n\"\nb\n"), is(List.of("\"\"\"\n\"\n", "b\n")));
  }

  @Test
  void carriageReturnAloneEndsARecord() {
    assertThat(cut("a\rb\r"), is(List.of("a\r", "b\r")));
    assertThat(cut("a\rb\nc\r\nd\r\re"), is(List.of("a\r", "b\n", "c\r\n", "d\r", "\r", "e")));
    assertThat(cut("\"a\rb\"\rc\r"), is(List.of("\"a\rb\"\r", "c\r")));
    assertThat(cut("a\r\"b\rc\"\rd"), is(List.of("a\r", "\"b\rc\"\r", "d")));
  }

  @Test
  void quoteWithinAFieldIsText() {
    assertThat(cut("6\" wheel,x\ny\n"), is(List.of("6\" wheel,x\n", "y\n")));
    assertThat(cut("a \"b\nc\n"), is(List.of("a \"b\n", "c\n")));
    assertThat(cut("\"a\"b\"\nc\n"), is(List.of("\"a\"b\"\n", "c\n")));
  }

  @Test
  void dialectNamesTheCharacters() {
    CsvDialect dialect = new CsvDialect(';', '\'');
    assertThat(cut("a;'b\nc'\n\"d\n", dialect), is(List.of("a;'b\nc'\n", "\"d\n")));
    assertThat(cut("a,'b\nc'\n", dialect), is(List.of("a,'b\n", "c'\n")));
  }

  @Test
  void resetForgetsAnOpenQuote() {
    RecordCutter cutter = new RecordCutter(CsvDialect.RFC_4180);
    cutter.endsRecord((byte) '"');
    assertThat(cutter.endsRecord((byte) '\n'), is(false));
    cutter.reset();
    assertThat(cutter.endsRecord((byte) '\n'), is(true));
    cutter.endsRecord((byte) 'x');
    cutter.reset();
    cutter.endsRecord((byte) '"');
    assertThat(cutter.endsRecord((byte) '\n'), is(false));
  }

  @Test
  void firstRecordEndsAfterItsLineBreak() {
    assertThat(end("id,x\n1"), is(5));
    assertThat(end("\r\n\nid\r\n1"), is(7));
    assertThat(end("\"i\nd\"\n1"), is(6));
    assertThat(end("id"), is(2));
    assertThat(end("id,x\r1\r"), is(5));
    assertThat(end("\r\rid\r\n1"), is(6));
    assertThat(end("\"i\rd\"\r1"), is(6));
    assertThat(end("id\r"), is(3));
    assertThat(end("\n\r\n"), is(0));
    assertThat(end(""), is(0));
  }

  private static int end(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return RecordCutter.endOfFirstRecord(bytes, 0, bytes.length, CsvDialect.RFC_4180);
  }
}
