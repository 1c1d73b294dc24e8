package io.autopulse.domain.forecast.life;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes models of the ids of the vehicles feed. Ids that share a member, such as the powertrains of
 * one name, are one model. The order in which they are given changes nothing.
 */
public final class KnownModels {
  private KnownModels() {}

  /**
   * Returns the models, in the order of their members: each has the earliest launch of its ids if
   * all are known, the latest end if all have one, the mean of the known prices, and the segment,
   * powertrain and successor in which the ids that have one agree. A model does not succeed itself.
   */
  public static List<Model> of(Iterable<KnownVehicle> vehicles) {
    Map<String, String> members = new HashMap<>();
    vehicles.forEach(vehicle -> members.put(vehicle.modelId(), vehicle.member()));
    TreeMap<String, List<KnownVehicle>> byMember =
        StreamSupport.stream(vehicles.spliterator(), false)
            .sorted(Comparator.comparing(KnownVehicle::modelId))
            .collect(
                Collectors.groupingBy(KnownVehicle::member, TreeMap::new, Collectors.toList()));
    return byMember.entrySet().stream()
        .map(model -> model(model.getKey(), model.getValue(), members))
        .toList();
  }

  private static Model model(String member, List<KnownVehicle> ids, Map<String, String> members) {
    List<LocalDate> launches = known(ids, KnownVehicle::launchedOn);
    List<LocalDate> ends = known(ids, KnownVehicle::discontinuedOn);
    List<Double> prices = known(ids, KnownVehicle::price);
    String successor =
        agreed(known(ids, id -> id.successor() == null ? null : members.get(id.successor())));
    return new Model(
        member,
        launches.size() < ids.size() ? null : launches.stream().min(LocalDate::compareTo).get(),
        ends.size() < ids.size() ? null : ends.stream().max(LocalDate::compareTo).get(),
        member.equals(successor) ? null : successor,
        agreed(known(ids, KnownVehicle::segment)),
        agreed(known(ids, KnownVehicle::powertrain)),
        prices.isEmpty()
            ? null
            : Double.valueOf(
                prices.stream().mapToDouble(Double::doubleValue).sum() / prices.size()));
  }

  private static <T> List<T> known(
      Collection<KnownVehicle> ids, Function<KnownVehicle, @Nullable T> attribute) {
    return ids.stream().map(attribute).filter(Objects::nonNull).toList();
  }

  private static @Nullable String agreed(List<String> values) {
    return values.stream().distinct().count() == 1 ? values.get(0) : null;
  }
}
