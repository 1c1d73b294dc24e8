package io.autopulse.domain.market;

import io.autopulse.domain.market.Observation.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
 * every record, its latest extraction until that evening, unless a later extract lacks it ({@link
 * Extracts}); of a station, its last price of the day. A day on which the figure stayed what it was
 * is no vintage. A figure whose records are all withdrawn has a vintage without values. The order
 * of the observations does not matter.
 *
 * <p>Two records of one key and one moment of extraction whose values differ contradict each other:
 * the higher value counts, and the conflict is counted, for an audit to stop on. So is that of two
 * rows of one extract, whose moments differ by little; of them the later counts.
 */
public final class Vintages {
  private static final Comparator<Observation> ORDER =
      Comparator.comparingInt(Observation::knownOn)
          .thenComparingLong(Observation::extractedAt)
          .thenComparingLong(Observation::value)
          .thenComparing(Observation::counted);

  private final List<Figure> figures = new ArrayList<>();
  private final String slice;
  private final MarketTable table;
  private final Extracts extracts;
  private final long revision;
  private long conflicts;
  private final Map<Kind, Fates> fates = new EnumMap<>(Kind.class);

  private Vintages(MarketTable table, String slice, Extracts extracts, long revision) {
    this.table = table;
    this.slice = slice;
    this.extracts = extracts;
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

    /** Returns how many a later one takes the place of, or a later extract lacks. */
    public long superseded() {
      return superseded;
    }

    /** Returns how many the last vintage is made of. */
    public long current() {
      return current;
    }
  }

  /** Returns the vintages of a slice, of whose observations there is at least one. */
  public static Vintages of(String slice, Collection<Observation> observations, Extracts extracts) {
    return of(slice, observations, extracts, observations.size(), new TreeSet<>());
  }

  /**
   * Returns the vintages of a slice, and what was known on the given days too.
   *
   * @param extracts of the slice's scope
   * @param revision what the vintages say of their order: more observations, a higher revision
   * @param days days since 1970-01-01 of vintages that were emitted before; a day before the first
   *     observation has none
   */
  public static Vintages of(
      String slice,
      Collection<Observation> observations,
      Extracts extracts,
      long revision,
      Collection<Integer> days) {
    MarketTable table = observations.iterator().next().kind().table();
    Vintages vintages = new Vintages(table, slice, extracts, revision);
    vintages.compute(observations, new TreeSet<>(days));
    return vintages;
  }

  /** Returns the vintages, the oldest first. */
  public List<Figure> figures() {
    return conflicts == 0
        ? List.copyOf(figures)
        : figures.stream().map(figure -> figure.withConflicts(conflicts)).toList();
  }

  /** Returns how many records contradict another one of their key and moment of extraction. */
  public long conflicts() {
    return conflicts;
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
    extracts.days().forEach(day -> byDay.put(day, new ArrayList<>()));
    observations.stream()
        .sorted(ORDER)
        .forEach(o -> byDay.computeIfAbsent(o.knownOn(), day -> new ArrayList<>()).add(o));
    Map<RecordKey, Observation> latest = new HashMap<>();
    byDay.forEach(
        (day, known) -> {
          known.forEach(observation -> take(observation, latest));
          if (!latest.isEmpty()) {
            add(day, known, standing(latest.values(), day), told.contains(day));
          }
        });
    latest.values().stream().filter(Observation::counted).forEach(o -> of(o).superseded++);
    standing(latest.values(), byDay.lastKey()).stream()
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
    if (before == null) {
      return;
    }
    boolean sameMoment = before.extractedAt() == observation.extractedAt();
    boolean sameValue = before.value() == observation.value();
    if ((sameMoment || Extracts.share(before, observation)) && !sameValue) {
      conflicts++;
    }
    if (before.counted()) {
      if (sameMoment && sameValue) {
        of(before).duplicates++;
      } else {
        of(before).superseded++;
      }
    }
  }

  private void add(int day, List<Observation> known, List<Observation> standing, boolean always) {
    List<@Nullable String> values =
        standing.isEmpty() ? Collections.nCopies(table.measures().size(), null) : values(standing);
    boolean same = !figures.isEmpty() && figures.get(figures.size() - 1).values().equals(values);
    if (!same || always) {
      figures.add(
          new Figure(
              table,
              slice,
              LocalDate.ofEpochDay(day),
              known.isEmpty() || known.stream().anyMatch(Observation::dated),
              standing.stream().filter(Observation::counted).count(),
              revision,
              0,
              values));
    }
  }

  /** Returns the observations that count: of a station's prices of the day the last. */
  private List<Observation> standing(Collection<Observation> latest, int day) {
    Map<RecordKey, Observation> standing = new HashMap<>();
    for (Observation observation : latest) {
      if (extracts.withdraw(observation, day)) {
        continue;
      }
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
