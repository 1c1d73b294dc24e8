package io.autopulse.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static int lineBreaks(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return Bytes.lineBreaks(bytes, 0, bytes.length, false);
  }

  @Test
  void lineEndsAtLfAtCrLfAndAtCr() {
    assertThat(lineBreaks("a\nb\nc"), is(2));
    assertThat(lineBreaks("a\r\nb\r\nc"), is(2));
    assertThat(lineBreaks("a\rb\rc"), is(2));
    assertThat(lineBreaks("\r\r\n\n\r"), is(4));
    assertThat("a pair across two words of eight bytes", lineBreaks("1234567\r\n12345678"), is(1));
    assertThat("two lines across two words", lineBreaks("1234567\n\r12345678"), is(2));
  }

  @Test
  void lineFeedAfterACountedCarriageReturnIsNotCountedAgain() {
    byte[] bytes = "\n234567890\n".getBytes(US_ASCII);
    assertThat(Bytes.lineBreaks(bytes, 0, bytes.length, true), is(1));
    assertThat(Bytes.lineBreaks(bytes, 0, bytes.length, false), is(2));
    assertThat(Bytes.lineBreaks(bytes, 0, 1, true), is(0));
  }

  @Test
  void countIsThatOfJavaOnRandomText() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append("\r\n\u000b\u000c\u008dab".charAt(random.nextInt(7)));
      }
      byte[] bytes = text.toString().getBytes(ISO_8859_1);
      // A character after the last line break makes it count.
      int lines = (int) (text + "x").lines().count() - 1;
      assertThat("seed " + seed, Bytes.lineBreaks(bytes, 0, bytes.length, false), is(lines));
    }
  }

  @Test
  void carriageReturnAtTheEndIsNoPlaceToCut() {
    assertThat(Bytes.afterLastLineBreak("ab\ncd\r".getBytes(US_ASCII), 6), is(3));
    assertThat(Bytes.afterLastLineBreak("ab\rcd".getBytes(US_ASCII), 5), is(3));
    assertThat(Bytes.afterLastLineBreak("ab\r\n".getBytes(US_ASCII), 4), is(4));
    assertThat(Bytes.afterLastLineBreak("abc".getBytes(US_ASCII), 3), is(0));
  }
}
