package io.autopulse.domain.sale;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteSpaceTest {
  @ParameterizedTest
  @ValueSource(
      chars = {
        ' ', '\t', '\n', '\r', '\u000b', '\f', '\u0000', '\u001f', '\u007f', '\u0085', '\u009f',
        '\u00a0', '\u00ad', '\u061c', '\u1680', '\u180e', '\u2007', '\u2009', '\u200b', '\u200c',
        '\u200d', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202e', '\u202f', '\u2060',
        '\u2066', '\u2069', '\u3000', '\ufeff'
      })
  void everyCharacterThatIsNotSeenIsABlank(char c) {
    assertThat(WhiteSpace.isBlank(c), is(true));
    assertThat(WhiteSpace.strip(c + "a" + c + "b" + c + c), is("a" + c + "b"));
    assertThat(WhiteSpace.strip("" + c + c), is(""));
  }

  @ParameterizedTest
  @ValueSource(chars = {'!', '-', '_', '~', '\u00a1', '\u00df', '\u00c2', '\u4e2d', '\u2014', '0'})
  void whatIsSeenIsNone(char c) {
    assertThat(WhiteSpace.isBlank(c), is(false));
    assertThat(WhiteSpace.strip(" " + c), is(String.valueOf(c)));
  }

  @Test
  void halfOfALetterOfAWrongCharsetIsKeptForItsRepair() {
    // The UTF-8 bytes of Città, Garcí and a no-break space, read as ISO 8859-1.
    assertThat(WhiteSpace.strip("Citt\u00c3\u00a0 "), is("Citt\u00c3\u00a0"));
    assertThat(MemberName.of(WhiteSpace.strip("Citt\u00c3\u00a0")), is("CITT\u00c0"));
    assertThat(MemberName.of(WhiteSpace.strip("Garc\u00c3\u00ad")), is("GARC\u00cd"));
    assertThat(MemberName.of(WhiteSpace.strip("Volkswagen\u00c2\u00a0")), is("VOLKSWAGEN"));
    // Coupé and a no-break space is no such letter.
    assertThat(WhiteSpace.strip("Coup\u00e9\u00a0"), is("Coup\u00e9"));
  }

  @Test
  void nothingIsLeftOfNothing() {
    assertThat(WhiteSpace.strip(""), is(""));
    assertThat(WhiteSpace.strip("a"), is("a"));
  }
}
