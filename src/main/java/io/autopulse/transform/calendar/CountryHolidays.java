package io.autopulse.transform.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The public holidays of a country, or of one of its regions, by ISO 3166 code. Bank holidays and
 * mere observances are not among them. Each year is worked out once; threads may share it.
 */
public final class CountryHolidays implements Holidays {
  private final HolidayManager manager;
  private final String[] region;
  private final Map<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

  private CountryHolidays(HolidayManager manager, String[] region) {
    this.manager = manager;
    this.region = region;
  }

  /**
   * Returns the holidays of a country or region.
   *
   * @param code the country, such as {@code no}, or the region after it, such as {@code de-by} or
   *     {@code ch-zh}; upper or lower case
   * @throws InputException if the country or region is not known
   */
  public static CountryHolidays of(String code) {
    List<String> parts = Arrays.asList(code.strip().split("[-_]", -1));
    String country = parts.get(0).toLowerCase(Locale.ROOT);
    Collection<String> known = countries();
    if (!known.contains(country)) {
      throw new InputException(
          "",
          "there are no holidays of a country \"" + parts.get(0) + "\"",
          "A country is written as its two letters of ISO 3166. "
              + NearestName.hint(parts.get(0), known));
    }
    HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(country));
    String[] region = new String[parts.size() - 1];
    CalendarHierarchy place = manager.getCalendarHierarchy();
    for (int i = 0; i < region.length; i++) {
      place = child(place, code, parts.get(i + 1));
      region[i] = place.getId();
    }
    return new CountryHolidays(manager, region);
  }

  private static CalendarHierarchy child(CalendarHierarchy place, String code, String name) {
    Map<String, CalendarHierarchy> children = place.getChildren();
    return children.values().stream()
        .filter(child -> child.getId().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "",
                    "there are no holidays of a region \"" + name + "\" in \"" + code + "\"",
                    children.isEmpty()
                        ? "\"" + place.getId() + "\" has no regions of its own"
                        : NearestName.hint(
                            name,
                            children.values().stream()
                                .map(CalendarHierarchy::getId)
                                .sorted()
                                .toList())));
  }

  private static Collection<String> countries() {
    // The others are exchanges, such as "nyse".
    return HolidayManager.getSupportedCalendarCodes().stream()
        .filter(code -> code.length() == 2)
        .map(code -> code.toLowerCase(Locale.ROOT))
        .sorted()
        .toList();
  }

  @Override
  public Set<LocalDate> of(int year) {
    Set<LocalDate> known = years.get(year);
    return known != null ? known : years.computeIfAbsent(year, this::read);
  }

  private Set<LocalDate> read(int year) {
    // The library gives one manager of a country to all who ask, and does not say that threads may
    // share it.
    synchronized (manager) {
      return manager.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, region).stream()
          .map(Holiday::getDate)
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
