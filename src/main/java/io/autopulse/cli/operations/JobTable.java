package io.autopulse.cli.operations;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.ScheduledJob;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The jobs, what became of the last run of each, and when the next is due, on the jobs' clocks. */
final class JobTable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private JobTable() {}

  static String of(JobsFile file, Instant now) {
    Heartbeats heartbeats = new Heartbeats(file.state());
    TextTable table =
        TextTable.of(
            Column.text("job"),
            Column.text("last due"),
            Column.text("outcome"),
            Column.number("attempts"),
            Column.text("next due"),
            Column.text("what it does"));
    for (ScheduledJob job : file.jobs()) {
      Optional<Heartbeat> last = heartbeats.latest(job.name());
      table.row(
          job.name(),
          last.map(h -> time(h.due(), file.zone())).orElse("never"),
          last.map(h -> h.outcome().name()).orElse(""),
          last.map(h -> String.valueOf(h.attempts())).orElse(""),
          job.schedule().flatMap(s -> s.next(now)).map(t -> time(t, file.zone())).orElse("by hand"),
          job.description());
    }
    return table.render() + "Times are of " + file.zone() + ". Heartbeats: " + file.state() + "\n";
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
