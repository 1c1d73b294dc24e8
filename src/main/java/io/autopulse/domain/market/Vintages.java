package io.autopulse.domain.market;

import io.autopulse.domain.market.Observation.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A figure as it was known on each day, out of the observations of its slice. On a day counts, of
 * every record, its latest extraction until that evening; of a station, its last price of the day.
 * A day on which the figure stayed what it was is no vintage. The order of the observations does
 * not matter.
 */
public final class Vintages {
  private static final Comparator<Observation> ORDER =
      Comparator.comparingInt(Observation::knownOn)
          .thenComparingLong(Observation::extractedAt)
          .thenComparingLong(Observation::value)
          .thenComparing(Observation::counted);

  private final List<Figure> figures = new ArrayList<>();
  private final String slice;
  private final int revision;
  private final Map<Kind, Fates> fates = new EnumMap<>(Kind.class);

  private Vintages(String slice, int revision) {
    this.slice = slice;
    this.revision = revision;
  }

  /** What became of the records of a kind. */
  public static final class Fates {
    private long duplicates;
    private long superseded;
    private long current;

    /** Returns how many had come before. */
    public long duplicates() {
      return duplicates;
    }

    /** Returns how many a later one takes the place of. */
    public long superseded() {
      return superseded;
    }

    /** Returns how many the last vintage is made of. */
    public long current() {
      return current;
    }
  }

  /** Returns the vintages of a slice, of whose observations there is at least one. */
  public static Vintages of(String slice, Collection<Observation> observations) {
    return of(slice, observations, new TreeSet<>());
  }

  /**
   * Returns the vintages of a slice, and what was known on the given days too.
   *
   * @param days days since 1970-01-01 of vintages that were told before; a day before the first
   *     observation has none
   */
  public static Vintages of(
      String slice, Collection<Observation> observations, Collection<Integer> days) {
    Vintages vintages = new Vintages(slice, observations.size());
    vintages.compute(observations, new TreeSet<>(days));
    return vintages;
  }

  /** Returns the vintages, the oldest first. */
  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** Returns the fates of the records, by kind. */
  public Map<Kind, Fates> fates() {
    return Map.copyOf(fates);
  }

  /** Whose latest extraction counts. */
  private record RecordKey(Kind kind, String source, long moment) {}

  private void compute(Collection<Observation> observations, NavigableSet<Integer> told) {
    TreeMap<Integer, List<Observation>> byDay = new TreeMap<>();
    told.forEach(day -> byDay.put(day, new ArrayList<>()));
    observations.stream()
        .sorted(ORDER)
        .forEach(o -> byDay.computeIfAbsent(o.knownOn(), day -> new ArrayList<>()).add(o));
    Map<RecordKey, Observation> latest = new HashMap<>();
    byDay.forEach(
        (day, known) -> {
          known.forEach(observation -> take(observation, latest));
          if (!latest.isEmpty()) {
            add(day, known, latest.values(), told.contains(day));
          }
        });
    latest.values().stream().filter(Observation::counted).forEach(o -> of(o).superseded++);
    standing(latest.values()).stream()
        .filter(Observation::counted)
        .forEach(
            o -> {
              of(o).superseded--;
              of(o).current++;
            });
  }

  private Fates of(Observation observation) {
    return fates.computeIfAbsent(observation.kind(), kind -> new Fates());
  }

  private void take(Observation observation, Map<RecordKey, Observation> latest) {
    RecordKey key = new RecordKey(observation.kind(), observation.source(), observation.moment());
    Observation before = latest.put(key, observation);
    if (before == null || !before.counted()) {
      return;
    }
    if (before.extractedAt() == observation.extractedAt()
        && before.value() == observation.value()) {
      of(before).duplicates++;
    } else {
      of(before).superseded++;
    }
  }

  private void add(
      int day, List<Observation> known, Collection<Observation> latest, boolean always) {
    List<Observation> standing = standing(latest);
    List<@Nullable String> values = values(standing);
    boolean same = !figures.isEmpty() && figures.get(figures.size() - 1).values().equals(values);
    if (!same || always) {
      figures.add(
          new Figure(
              standing.get(0).kind().table(),
              slice,
              LocalDate.ofEpochDay(day),
              known.stream().anyMatch(Observation::dated),
              standing.stream().filter(Observation::counted).count(),
              revision,
              values));
    }
  }

  /** Returns the observations that count: of a station's prices of the day the last. */
  private static List<Observation> standing(Collection<Observation> latest) {
    Map<RecordKey, Observation> standing = new HashMap<>();
    for (Observation observation : latest) {
      standing.merge(
          new RecordKey(observation.kind(), observation.source(), 0),
          observation,
          (a, b) -> a.moment() >= b.moment() ? a : b);
    }
    return List.copyOf(standing.values());
  }

  private static List<@Nullable String> values(List<Observation> standing) {
    return switch (standing.get(0).kind()) {
      case UNITS -> List.of(String.valueOf(sum(standing)));
      case PRICE -> prices(standing);
      case VIEWS, SENTIMENT -> attention(standing);
    };
  }

  private static List<@Nullable String> prices(List<Observation> prices) {
    long least = prices.stream().mapToLong(Observation::value).min().orElseThrow();
    long most = prices.stream().mapToLong(Observation::value).max().orElseThrow();
    return List.of(
        mean(prices, 4).toPlainString(),
        BigDecimal.valueOf(least, 4).toPlainString(),
        BigDecimal.valueOf(most, 4).toPlainString(),
        String.valueOf(prices.size()));
  }

  private static List<@Nullable String> attention(List<Observation> all) {
    List<Observation> views = all.stream().filter(o -> o.kind() == Kind.VIEWS).toList();
    List<Observation> posts = all.stream().filter(o -> o.kind() == Kind.SENTIMENT).toList();
    List<@Nullable String> values = new ArrayList<>();
    values.add(views.isEmpty() ? null : String.valueOf(sum(views)));
    values.add(posts.isEmpty() ? null : String.valueOf(posts.size()));
    values.add(posts.isEmpty() ? null : mean(posts, 6).toPlainString());
    return values;
  }

  private static long sum(List<Observation> observations) {
    return observations.stream().mapToLong(Observation::value).reduce(0, Math::addExact);
  }

  /** Returns the mean of ten thousandths, rounded half up, away from zero at a tie. */
  private static BigDecimal mean(List<Observation> observations, int scale) {
    return BigDecimal.valueOf(sum(observations), 4)
        .divide(BigDecimal.valueOf(observations.size()), scale, RoundingMode.HALF_UP);
  }
}
