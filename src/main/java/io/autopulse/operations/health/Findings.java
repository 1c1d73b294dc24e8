package io.autopulse.operations.health;

import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Symptom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes what the checks of one look find and measure. */
final class Findings {
  private final Instant at;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Measure> measures = new ArrayList<>();

  Findings(Instant at) {
    this.at = at;
  }

  /** Returns when the look is. */
  Instant at() {
    return at;
  }

  /** Adds a finding that is known since the look. */
  void add(Symptom symptom, String subject, String message, String remedy) {
    add(symptom, subject, message, remedy, at);
  }

  /** Adds a finding. */
  void add(Symptom symptom, String subject, String message, String remedy, Instant since) {
    findings.add(new Finding(symptom, subject, message, remedy, since));
  }

  /** Adds a measure. */
  void measure(Measure measure) {
    measures.add(measure);
  }

  /** Adds all that another look at the same time took. */
  void addAll(Findings others) {
    findings.addAll(others.findings);
    measures.addAll(others.measures);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<Measure> measures() {
    return List.copyOf(measures);
  }
}
