package io.autopulse.domain.health;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which place feeds which: a feed its job, a job its tables and the jobs that read them. A finding
 * that one further upstream explains belongs to that one's incident. Immutable.
 */
public final class CauseGraph {
  private final Map<String, Set<String>> upstream;

  private CauseGraph(Map<String, Set<String>> upstream) {
    this.upstream = upstream;
  }

  /** Takes the edges of a graph. */
  public static final class Builder {
    private final Map<String, Set<String>> upstream = new TreeMap<>();

    /** Adds that one place feeds another. */
    public Builder edge(String from, String to) {
      if (from.equals(to)) {
        throw new IllegalArgumentException(from + " cannot feed itself");
      }
      upstream.computeIfAbsent(to, place -> new TreeSet<>()).add(from);
      return this;
    }

    /**
     * Returns the graph.
     *
     * @throws IllegalArgumentException if a place feeds itself by way of others
     */
    public CauseGraph build() {
      Map<String, Set<String>> copy = new TreeMap<>();
      upstream.forEach((place, sources) -> copy.put(place, new TreeSet<>(sources)));
      CauseGraph graph = new CauseGraph(copy);
      copy.forEach(
          (place, sources) -> {
            if (sources.stream().anyMatch(source -> graph.distances(source).containsKey(place))) {
              throw new IllegalArgumentException(place + " feeds itself by way of others");
            }
          });
      return graph;
    }
  }

  /** Returns the distance to every place upstream, in edges; the place itself is 0. */
  private Map<String, Integer> distances(String place) {
    Map<String, Integer> distances = new LinkedHashMap<>();
    Deque<String> waiting = new ArrayDeque<>();
    distances.put(place, 0);
    waiting.add(place);
    while (!waiting.isEmpty()) {
      String next = waiting.remove();
      int distance = distances.getOrDefault(next, 0) + 1;
      for (String source : upstream.getOrDefault(next, Set.of())) {
        if (distances.putIfAbsent(source, distance) == null) {
          waiting.add(source);
        }
      }
    }
    return distances;
  }

  /**
   * Groups findings by their cause. Of several at one place the first by {@link Symptom} leads. A
   * finding that several causes explain belongs to the nearest one, or to what explains that.
   *
   * @param findings in any order
   * @return the errors first, then by place; the same for any order of the findings
   */
  public List<Incident> group(List<Finding> findings) {
    List<Finding> ordered =
        findings.stream()
            .sorted(Comparator.comparing(Finding::symptom).thenComparing(Finding::subject))
            .toList();
    Map<Finding, List<Finding>> followed = new LinkedHashMap<>();
    List<Finding> explained = new ArrayList<>();
    for (Finding finding : ordered) {
      if (cause(finding, ordered).isPresent()) {
        explained.add(finding);
      } else {
        followed.put(finding, new ArrayList<>());
      }
    }
    for (Finding finding : explained) {
      Finding root = finding;
      for (Optional<Finding> next = cause(root, ordered);
          next.isPresent();
          next = cause(root, ordered)) {
        root = next.get();
      }
      followed.computeIfAbsent(root, cause -> new ArrayList<>()).add(finding);
    }
    return followed.entrySet().stream()
        .map(entry -> incident(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing((Incident incident) -> incident.cause().severity())
                .reversed()
                .thenComparing(incident -> incident.cause().symptom())
                .thenComparing(incident -> incident.cause().subject()))
        .toList();
  }

  /** Returns what explains a finding: at its own place one before it, else the nearest. */
  private Optional<Finding> cause(Finding finding, List<Finding> all) {
    Map<String, Integer> distances = distances(finding.subject());
    return all.stream()
        .filter(other -> !other.equals(finding) && distances.containsKey(other.subject()))
        .filter(other -> explains(other, finding))
        .min(
            Comparator.comparing((Finding other) -> distances.getOrDefault(other.subject(), 0))
                .thenComparing(Finding::symptom));
  }

  private static boolean explains(Finding other, Finding finding) {
    if (other.subject().equals(finding.subject())) {
      return other.symptom().compareTo(finding.symptom()) < 0
          && other.severity().compareTo(finding.severity()) >= 0;
    }
    return finding.symptom().follows(other);
  }

  private Incident incident(Finding cause, List<Finding> followed) {
    return new Incident(
        cause,
        followed.stream()
            .sorted(
                Comparator.comparing(
                        (Finding finding) ->
                            distances(finding.subject()).getOrDefault(cause.subject(), 0))
                    .thenComparing(Finding::symptom)
                    .thenComparing(Finding::subject))
            .toList());
  }
}
