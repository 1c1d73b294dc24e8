package io.autopulse.domain.health;

import java.time.Instant;

/**
 * Something that is not as it should be.
 *
 * @param symptom its kind
 * @param subject the place in the {@link CauseGraph}, such as {@code feed:sales}
 * @param message what is wrong, a sentence with its figures
 * @param remedy what to do first
 * @param since since when, as far as known
 */
public record Finding(
    Symptom symptom, String subject, String message, String remedy, Instant since) {
  /** Checks the texts. */
  public Finding {
    if (subject.isBlank() || message.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("a finding has a subject, a message and a remedy");
    }
  }

  /** Returns what makes this the same finding on another day. */
  public String key() {
    return symptom + ":" + subject;
  }

  /** Returns how bad it is. */
  public Severity severity() {
    return symptom.severity();
  }

  /** Returns the same finding, known since another instant. */
  public Finding since(Instant instant) {
    return new Finding(symptom, subject, message, remedy, instant);
  }
}
