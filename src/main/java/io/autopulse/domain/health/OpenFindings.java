package io.autopulse.domain.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The findings that were open when health was last looked at, and of which an alert was sent. A
 * cause is alerted once, when it opens, and once when it is over. What follows from a cause has no
 * alert of its own, unless it stays when the cause is over. Immutable.
 *
 * @param findings by key
 */
public record OpenFindings(Map<String, Open> findings) {
  /**
   * An open finding.
   *
   * @param finding what is wrong
   * @param alerted whether its opening was alerted
   */
  public record Open(Finding finding, boolean alerted) {}

  /**
   * What has changed.
   *
   * @param open the findings that are open now
   * @param opened the causes to alert
   * @param closed the alerted findings that are over
   */
  public record Change(OpenFindings open, List<Incident> opened, List<Finding> closed) {
    /** Keeps its own copies. */
    public Change {
      opened = List.copyOf(opened);
      closed = List.copyOf(closed);
    }
  }

  /** Keeps its own copy. */
  public OpenFindings {
    findings = Map.copyOf(findings);
  }

  /** Returns that nothing is open. */
  public static OpenFindings none() {
    return new OpenFindings(Map.of());
  }

  /**
   * Returns what is open now: the findings of this look, each known since it first was, and those
   * of before that this look could not tell of.
   *
   * @param found of this look
   * @param unknown tells whether this look could not see whether a finding is over
   */
  public List<Finding> with(List<Finding> found, Predicate<Finding> unknown) {
    Map<String, Finding> open = new TreeMap<>();
    findings.forEach(
        (key, before) -> {
          if (unknown.test(before.finding())) {
            open.put(key, before.finding());
          }
        });
    for (Finding finding : found) {
      Open before = findings.get(finding.key());
      Instant since =
          before == null || before.finding().since().isAfter(finding.since())
              ? finding.since()
              : before.finding().since();
      open.put(finding.key(), finding.since(since));
    }
    return List.copyOf(open.values());
  }

  /**
   * Returns what has changed.
   *
   * @param incidents all that is open now
   * @param least the severity from which on a cause is alerted
   */
  public Change next(List<Incident> incidents, Severity least) {
    Map<String, Open> open = new TreeMap<>();
    List<Incident> opened = new ArrayList<>();
    for (Incident incident : incidents) {
      Finding cause = incident.cause();
      boolean alerted = wasAlerted(cause);
      if (!alerted && cause.severity().compareTo(least) >= 0) {
        opened.add(incident);
        alerted = true;
      }
      open.put(cause.key(), new Open(cause, alerted));
      incident
          .followed()
          .forEach(followed -> open.put(followed.key(), new Open(followed, wasAlerted(followed))));
    }
    List<Finding> closed =
        findings.values().stream()
            .filter(before -> before.alerted() && !open.containsKey(before.finding().key()))
            .map(Open::finding)
            .sorted(Comparator.comparing(Finding::key))
            .toList();
    return new Change(new OpenFindings(open), opened, closed);
  }

  private boolean wasAlerted(Finding finding) {
    Open before = findings.get(finding.key());
    return before != null && before.alerted();
  }
}
