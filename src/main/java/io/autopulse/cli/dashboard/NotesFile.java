package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of notes for charts: what is not known of it is an error. */
final class NotesFile {
  private NotesFile() {}

  /**
   * Reads the notes.
   *
   * @throws InputException with every problem found
   */
  static List<Note> read(Path file) {
    return read(file.toString(), YamlFile.text(file));
  }

  static List<Note> read(String name, String yaml) {
    return YamlFile.bindAsWritten(
        YamlTree.read(yaml, Place.inFile(name), ""),
        root -> root.requiredList("notes", note -> note.section(NotesFile::note)).get());
  }

  private static Note note(Section section) {
    Value<LocalDate> date = section.required("date", NotesFile::date);
    Value<Map<Language, String>> text = section.requiredSection("text", NotesFile::texts);
    return new Note(date.get(), text.get());
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Scalars.expected(text, "a date such as 2024-03-14");
    }
  }

  private static Map<Language, String> texts(Section section) {
    Map<Language, Value<Optional<String>>> read = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      read.put(language, section.optional(language.code(), Scalars.text()));
    }
    Map<Language, String> texts = new EnumMap<>(Language.class);
    read.forEach((language, text) -> text.get().ifPresent(written -> texts.put(language, written)));
    return texts;
  }
}
