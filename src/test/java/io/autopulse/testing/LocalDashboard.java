package io.autopulse.testing;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.web.DashboardSettings;
import io.autopulse.web.state.Note;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How tests serve a dashboard: to this machine, at any free port, without holidays. */
public final class LocalDashboard {
  private LocalDashboard() {}

  /**
   * Returns the settings.
   *
   * @param zone of business dates
   * @param notes for charts
   */
  public static DashboardSettings settings(ZoneId zone, List<Note> notes) {
    return new DashboardSettings(
        "127.0.0.1", 0, Optional.empty(), List.of(), SellingDays.of(year -> Set.of()), zone, notes);
  }
}
