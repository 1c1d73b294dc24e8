package io.autopulse.web.state;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What people who read charts should know of a date.
 *
 * @param date the date
 * @param text for people, by language; at least one
 */
public record Note(LocalDate date, Map<Language, String> text) {
  /** Copies the texts. */
  public Note {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a note needs a text in at least one language");
    }
    EnumMap<Language, String> copied = new EnumMap<>(text);
    text = Collections.unmodifiableMap(copied);
  }

  /** Returns the text in a language, or in another one if it is not written in that. */
  public String in(Language language) {
    return text.getOrDefault(language, text.values().iterator().next());
  }
}
