package io.autopulse.warehouse.serving;

import io.autopulse.domain.sale.MemberName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whose sales a reader may see: those of some regions, and those of some dealers wherever they are.
 *
 * @param regions as sales name them
 * @param dealers their ids
 */
public record Scope(List<String> regions, List<String> dealers) {
  /** Nobody's sales. */
  public static final Scope NOTHING = new Scope(List.of(), List.of());

  /** Spells members as sales do, each once. */
  public Scope {
    regions = spelled(regions);
    dealers = spelled(dealers);
  }

  private static List<String> spelled(List<String> members) {
    return members.stream().map(MemberName::of).distinct().sorted().toList();
  }

  /** Returns the scope of whoever has both. */
  public Scope and(Scope other) {
    return new Scope(both(regions, other.regions), both(dealers, other.dealers));
  }

  private static List<String> both(Collection<String> some, Collection<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Tells whether no sale is in it. */
  public boolean isEmpty() {
    return regions.isEmpty() && dealers.isEmpty();
  }
}
