package io.autopulse.report.dashboard;

import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a copy of the warehouse holds: read once a copy, used by every page of it.
 *
 * @param runId the run that published last
 * @param publishedAt when it did
 * @param firstDay the first business date that has a sale; empty if there is none
 * @param lastDay the last one
 * @param currency of the prices; empty if there is no sale
 * @param members of each attribute, those with most sales first
 * @param dealerNames by id, of dealers that have one
 */
public record Served(
    String runId,
    Instant publishedAt,
    Optional<LocalDate> firstDay,
    Optional<LocalDate> lastDay,
    String currency,
    Map<Attribute, List<String>> members,
    Map<String, String> dealerNames) {
  /** Copies the maps. */
  public Served {
    EnumMap<Attribute, List<String>> copied = new EnumMap<>(Attribute.class);
    copied.putAll(members);
    members = Collections.unmodifiableMap(copied);
    dealerNames = Map.copyOf(dealerNames);
  }

  /** Reads it. */
  public static Served of(Connection connection) throws SQLException {
    Session session = Session.ofCore(connection);
    EnumMap<Attribute, List<String>> members = new EnumMap<>(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      members.put(attribute, new ArrayList<>());
    }
    session.query(
        sql("members"),
        row ->
            members
                .getOrDefault(Attribute.valueOf(row.getString(1)), List.of())
                .add(row.getString(2)));
    Map<String, String> dealers = new LinkedHashMap<>();
    session.query(sql("dealer-names"), row -> dealers.put(row.getString(1), row.getString(2)));
    return session
        .query(
            sql("served"),
            row ->
                new Served(
                    row.getString(1),
                    row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    Optional.ofNullable(row.getObject(3, LocalDate.class)),
                    Optional.ofNullable(row.getObject(4, LocalDate.class)),
                    Optional.ofNullable(row.getString(5)).orElse(""),
                    members,
                    dealers))
        .get(0);
  }

  /**
   * Returns what a reader sees of a copy: the members of his part, and the run, the days and the
   * currency of the whole. A period is as far gone for him as for everybody.
   */
  public Served within(Served whole) {
    return new Served(
        whole.runId,
        whole.publishedAt,
        whole.firstDay,
        whole.lastDay,
        whole.currency,
        members,
        dealerNames);
  }

  private static String sql(String name) {
    return SqlFile.read(Served.class, name);
  }
}
