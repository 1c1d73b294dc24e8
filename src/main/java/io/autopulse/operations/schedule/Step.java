package io.autopulse.operations.schedule;

import java.util.List;

/**
 * One step of a job.
 *
 * @param program whether the first word is a program of its own; otherwise the words are a call of
 *     {@code autopulse}
 * @param words its words, with placeholders, at least one
 */
public record Step(boolean program, List<String> words) {
  /** Checks that there is a word. */
  public Step {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a step has at least one word");
    }
  }

  /** Tells whether the step needs a range of dates. */
  public boolean hasRange() {
    return words.stream().anyMatch(RunDates::usesRange);
  }

  /** Returns the step as a person would call it. */
  @Override
  public String toString() {
    return (program ? "" : "autopulse ") + String.join(" ", words);
  }
}
