package io.autopulse.cli.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.cli.text.TextTable.Column;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void textStandsLeftAndNumbersRight() {
    String table =
        TextTable.of(Column.text("model"), Column.number("units"), Column.text("region"))
            .row("Renault Clio", "7", "North")
            .row("Fiat 500", "1,234", "")
            .render();
    assertThat(
        table,
        is(
            """
            model         units  region
            ────────────  ─────  ──────
            Renault Clio      7  North
            Fiat 500      1,234
            """));
  }

  @Test
  void wideCharactersTakeTwoCellsAndMarksNone() {
    String table =
        TextTable.of(Column.text("make"), Column.number("n"))
            .row("日産", "1")
            .row("🚗", "2")
            .row("Citroe\u0308n", "3")
            .row("Škoda", "4")
            .render();
    assertThat(
        table,
        is(
            """
            make     n
            ───────  ─
            日産     1
            🚗       2
            Citroe\u0308n  3
            Škoda    4
            """));
  }

  @Test
  void hostileTextCannotMoveTheCursor() {
    String table =
        TextTable.of(Column.text("raw")).row("a\u001b[2Jb\nc\td\re\u0000\u009b\u202ef").render();
    assertThat(
        table.lines().skip(2).findFirst().orElseThrow(),
        is("a\\u001b[2Jb\\nc\\td\\re\\u0000\\u009b\\u202ef"));
  }

  @Test
  void emptyTableShowsItsHeading() {
    assertThat(TextTable.of(Column.text("feed")).render(), is("feed\n────\n"));
  }

  @Test
  void onlyATerminalSeesColours() {
    StringBuilder out = new StringBuilder();
    TextTable.of(Column.text("feed")).render(out, true);
    assertThat(out.toString(), is("\u001b[1mfeed\n\u001b[0m────\n"));
  }

  @Test
  void rowMustFitTheColumns() {
    TextTable table = TextTable.of(Column.text("a"), Column.text("b"));
    assertThrows(IllegalArgumentException.class, () -> table.row("1"));
  }
}
