package io.autopulse.domain.sale;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberNameTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  @Test
  void caseAndSpacesDoNotTellMembersApart() {
    assertThat(MemberName.of("Volkswagen "), is("VOLKSWAGEN"));
    assertThat(MemberName.of("VOLKSWAGEN"), is("VOLKSWAGEN"));
    assertThat(MemberName.of(" land \t\r\n rover "), is("LAND ROVER"));
    assertThat(MemberName.of(""), is(""));
    assertThat(MemberName.of(" \t "), is(""));
  }

  @Test
  void cleanKeepsTheCase() {
    assertThat(MemberName.clean("  Garage  du   Midi "), is("Garage du Midi"));
    assertThat(
        MemberName.clean("Garage de l\u2019\u00c9toile"), is("Garage de l\u2019\u00c9toile"));
  }

  @Test
  void noBreakSpacesAreSpaces() {
    assertThat(MemberName.of("\u00a0Land\u00a0\u202fRover\u2007"), is("LAND ROVER"));
    assertThat(MemberName.of("Land\u2003Rover"), is("LAND ROVER"));
    assertThat(MemberName.of("\u00a0"), is(""));
  }

  @Test
  void mojibakeOfANoBreakSpaceIsRepaired() {
    assertThat(
        MemberName.of("Double\u00c2\u00a0Overhead Camshaft"), is("DOUBLE OVERHEAD CAMSHAFT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Citro\u00ebn",
        "\u0160koda",
        "Ile-de-France \u2013 \u00c9t\u00e9",
        "5 \u20ac",
        "\u0152uvre"
      })
  void mojibakeIsUndoneOnceTwiceAndThrice(String name) {
    String once = new String(name.getBytes(UTF_8), WINDOWS_1252);
    // windows-1252 has no 0x81, 0x8d, 0x8f, 0x90, 0x9d: readers leave them as they are.
    String latin = new String(name.getBytes(UTF_8), ISO_8859_1);
    assertThat(MemberName.repaired(latin), is(name));
    if (once.indexOf('\ufffd') < 0) {
      assertThat(MemberName.repaired(once), is(name));
      String twice = new String(once.getBytes(UTF_8), WINDOWS_1252);
      assertThat(MemberName.repaired(twice), is(name));
      if (twice.indexOf('\ufffd') < 0) {
        String thrice = new String(twice.getBytes(UTF_8), WINDOWS_1252);
        assertThat(MemberName.repaired(thrice), is(name));
      }
    }
  }

  @Test
  void mojibakeLiteralsAreRepaired() {
    assertThat(MemberName.of("Citro\u00c3\u00abn"), is("CITRO\u00cbN"));
    assertThat(MemberName.of("Citro\u00c3\u0192\u00c2\u00abn"), is("CITRO\u00cbN"));
    assertThat(MemberName.repaired("\u00c5\u00a0koda"), is("\u0160koda"));
    assertThat(MemberName.repaired("5 \u00e2\u201a\u00ac"), is("5 \u20ac"));
  }

  @Test
  void fourthMojibakeIsLeft() {
    String text = "\u00eb";
    for (int i = 0; i < 4; i++) {
      text = new String(text.getBytes(UTF_8), ISO_8859_1);
    }
    assertThat(MemberName.repaired(text), is("\u00c3\u00ab"));
  }

  @Test
  void meantAccentsStay() {
    assertThat(MemberName.repaired("Citro\u00ebn"), is("Citro\u00ebn"));
    assertThat(MemberName.repaired("\u00c0 la carte"), is("\u00c0 la carte"));
    assertThat(MemberName.repaired("S\u00e3o Paulo"), is("S\u00e3o Paulo"));
    assertThat(MemberName.repaired("\u00df"), is("\u00df"));
    assertThat(MemberName.repaired("\u6bd4\u4e9a\u8fea"), is("\u6bd4\u4e9a\u8fea"));
    assertThat(MemberName.repaired("\u00c3\u00ab \u6bd4"), is("\u00c3\u00ab \u6bd4"));
    assertThat(MemberName.repaired("plain"), is("plain"));
  }

  @Test
  void composedCompatibleAndFullWidthFormsAreOne() {
    assertThat(MemberName.of("Citroe\u0308n"), is("CITRO\u00cbN"));
    assertThat(MemberName.of("\uff2d\uff27\uff14"), is("MG4"));
    assertThat(MemberName.of("\ufb01at"), is("FIAT"));
  }

  @Test
  void upperCaseDoesNotFollowTheMachinesLanguage() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
      assertThat(MemberName.of("mini"), is("MINI"));
    } finally {
      java.util.Locale.setDefault(before);
    }
    assertThat(MemberName.of("stra\u00dfe"), is("STRASSE"));
  }
}
