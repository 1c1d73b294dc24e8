package io.autopulse.domain.feed.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedBytesTest {
  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static String decode(boolean escaped, int... values) {
    return EscapedBytes.decode(bytes(values), 0, values.length, escaped);
  }

  @Test
  void byteThatIsNotUtf8IsKeptWithItsValue() {
    String text = decode(false, 'N', 0xeb, ',', 0xc3, 0xab, 0x80);
    assertThat(text, is("N\udceb,\u00eb\udc80"));
    assertThat(EscapedBytes.hex(text), is("EB 80"));
    assertThat(EscapedBytes.visible(text), is("N\ufffd,\u00eb\ufffd"));
  }

  @Test
  void replacementCharacterOfTheSourceIsNoBadByte() {
    String text = decode(false, 0xef, 0xbf, 0xbd);
    assertThat(EscapedBytes.mayBeIn(text), is(true));
    assertThat(EscapedBytes.hex(text), is(nullValue()));
    assertThat(EscapedBytes.hasLostCharacter(text), is(true));
  }

  @Test
  void characterOutsideTheBasicPlaneIsNoBadByte() {
    // The low surrogate of U+1F697 and that of U+104EB are U+DE97 and U+DCEB.
    String text = "\ud83d\ude97\ud801\udceb";
    byte[] utf8 = text.getBytes(UTF_8);
    assertThat(EscapedBytes.decode(utf8, 0, utf8.length, true), is(text));
    assertThat(EscapedBytes.hex(text), is(nullValue()));
    assertThat(EscapedBytes.visible(text), is(text));
    assertThat(EscapedBytes.hasLostCharacter(text), is(false));
    assertThat(EscapedBytes.hex(text + "\udceb"), is("EB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude97", "\ude97\ud83d", "x\ufffdy"})
  void halfOfAPairIsALostCharacter(String text) {
    assertThat(EscapedBytes.hasLostCharacter(text), is(true));
  }

  @Test
  void escapesComeBackFromTheirEncoding() {
    String text = "a\udc81\udcff\ud83d\ude97\udc0a\u00eb";
    byte[] encoded = EscapedBytes.encode(text);
    assertThat(EscapedBytes.decode(encoded, 0, encoded.length, true), is(text));
    assertThat(EscapedBytes.mayBeIn(new String(encoded, UTF_8)), is(true));
  }

  @Test
  void manyBadBytesAreNotAllShown() {
    assertThat(EscapedBytes.hex("\udc81".repeat(9)), is("81 81 81 81 81 81 81 81 …"));
  }
}
