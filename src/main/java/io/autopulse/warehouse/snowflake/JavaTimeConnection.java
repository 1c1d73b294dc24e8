package io.autopulse.warehouse.snowflake;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Completes the driver's connections by what JDBC 4.2 says of {@code java.time}, which this driver
 * refuses: {@code setObject} takes dates and times, {@code getObject} returns them. A time without
 * a zone comes back as it was sent, to the microsecond, also one that the clocks of this machine
 * skip in spring. A connection for reading refuses statements that do something else.
 */
public final class JavaTimeConnection {
  /** A time without a zone as Snowflake reads it, to the microsecond. */
  public static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private JavaTimeConnection() {}

  /** Returns a connection over the driver's own; closing it closes that. */
  static Connection over(Connection driver, boolean readOnly) {
    return proxy(Connection.class, new Completed(driver, readOnly));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            JavaTimeConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /**
   * Returns what the driver binds; a text that Snowflake makes a date or time, of no other zone.
   */
  static @Nullable Object toDriver(@Nullable Object value) {
    if (value instanceof LocalDateTime time) {
      return TIMESTAMP.format(time);
    }
    if (value instanceof LocalDate date) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(date);
    }
    return value;
  }

  /** Reads a column as the type that is asked for. */
  private static @Nullable Object read(ResultSet row, int column, Class<?> type)
      throws SQLException {
    if (type == LocalDateTime.class) {
      Timestamp time = row.getTimestamp(column, utc());
      return time == null ? null : LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC);
    }
    if (type == OffsetDateTime.class) {
      Timestamp time = row.getTimestamp(column, utc());
      return time == null ? null : time.toInstant().atOffset(ZoneOffset.UTC);
    }
    if (type == LocalDate.class) {
      Date date = row.getDate(column);
      return date == null ? null : date.toLocalDate();
    }
    if (type == LocalTime.class) {
      Time time = row.getTime(column);
      return time == null
          ? null
          : LocalTime.MIDNIGHT.plus(Math.floorMod(time.getTime(), 86_400_000L), ChronoUnit.MILLIS);
    }
    return row.getObject(column, type);
  }

  /** Reads a column as the type of {@code java.time} that is its own. */
  private static @Nullable Object read(ResultSet row, int column) throws SQLException {
    return switch (row.getMetaData().getColumnType(column)) {
      case Types.TIMESTAMP -> read(row, column, LocalDateTime.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> read(row, column, OffsetDateTime.class);
      case Types.DATE -> read(row, column, LocalDate.class);
      case Types.TIME -> read(row, column, LocalTime.class);
      default -> row.getObject(column);
    };
  }

  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone("UTC"));
  }

  /** Passes calls to the driver's object, and mends arguments and results on the way. */
  private record Completed(Object driver, boolean readOnly) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      Object[] passed = arguments == null ? new Object[0] : arguments;
      if (readOnly && passed.length > 0 && passed[0] instanceof String sql && sends(method)) {
        Optional<String> refusal = ReadingStatement.refusal(sql);
        if (refusal.isPresent()) {
          throw new SQLException(refusal.get());
        }
      }
      if (driver instanceof PreparedStatement
          && method.getName().equals("setObject")
          && passed.length == 2) {
        passed[1] = toDriver(passed[1]);
      }
      if (driver instanceof ResultSet row && method.getName().equals("getObject")) {
        return get(row, passed);
      }
      return completed(call(method, passed));
    }

    private static boolean sends(Method method) {
      return method.getName().startsWith("execute")
          || method.getName().startsWith("prepare")
          || method.getName().equals("addBatch");
    }

    private static @Nullable Object get(ResultSet row, @Nullable Object[] arguments)
        throws SQLException {
      int column =
          arguments[0] instanceof Integer index
              ? index
              : row.findColumn(String.valueOf(arguments[0]));
      if (arguments.length > 1 && arguments[1] instanceof Class<?> type) {
        return read(row, column, type);
      }
      if (arguments.length > 1 && arguments[1] instanceof Map<?, ?>) {
        throw new SQLException("this driver maps no types");
      }
      return read(row, column);
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
      try {
        return method.invoke(driver, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }

    private @Nullable Object completed(@Nullable Object result) {
      // The most special first: what a statement is for its caller, its proxy is too.
      if (result instanceof PreparedStatement statement) {
        return proxy(PreparedStatement.class, new Completed(statement, readOnly));
      }
      if (result instanceof Statement statement) {
        return proxy(Statement.class, new Completed(statement, readOnly));
      }
      if (result instanceof ResultSet rows) {
        return proxy(ResultSet.class, new Completed(rows, readOnly));
      }
      return result instanceof Connection connection
          ? proxy(Connection.class, new Completed(connection, readOnly))
          : result;
    }
  }
}
