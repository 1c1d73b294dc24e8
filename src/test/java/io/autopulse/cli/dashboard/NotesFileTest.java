package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotesFileTest {
  @Test
  void notesHaveADateAndATextALanguage() {
    List<Note> notes =
        NotesFile.read(
            "notes.yaml",
            """
            notes:
              - date: 2024-03-14
                text: {en: "Strike: ${PORT}", fr: Grève 🚗}
              - date: 2024-03-14
                text: {fr: Salon}
            """);
    assertThat(
        notes,
        is(
            List.of(
                new Note(
                    LocalDate.of(2024, 3, 14),
                    Map.of(Language.EN, "Strike: ${PORT}", Language.FR, "Grève 🚗")),
                new Note(LocalDate.of(2024, 3, 14), Map.of(Language.FR, "Salon")))));
    assertThat(notes.get(1).in(Language.EN), is("Salon"));
  }

  @Test
  void everyMistakeIsNamedWithItsLine() {
    assertThat(
        refusal(
            """
            notes:
              - date: 14.03.2024
                text: {en: Strike}
              - date: 2024-03-15
                texts: {en: Fair}
              - date: 2024-03-16
                text: {de: Streik}
              - date: 2024-03-17
                text: {en: }
            """),
        allOf(
            containsString("notes.yaml:2: notes.0.date: \"14.03.2024\" is not a date such as"),
            containsString(
                "notes.yaml:5: notes.1.texts: is not a known key. Did you mean \"text\"?"),
            containsString("\"text\" is missing"),
            containsString("notes.yaml:7: notes.2.text.de: is not a known key"),
            containsString("notes.yaml:9: notes.3.text.en: has no value")));
    assertThat(refusal("- date: 2024-03-14\n"), containsString("must be a map"));
    assertThat(refusal("notes: []\n"), containsString("has no element"));
  }

  private static String refusal(String yaml) {
    return String.valueOf(
        assertThrows(InputException.class, () -> NotesFile.read("notes.yaml", yaml)).getMessage());
  }
}
