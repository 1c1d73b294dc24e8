package io.autopulse.domain.problem;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.regex.Pattern;

/**
 * Tells failures that may be gone when the same call is made again: connections that are refused,
 * reset or time out, answers 429 and 5xx, servers that are starting or overloaded. A host that is
 * not known is none of them: its name may be wrong.
 */
public final class TransientCause {
  /** Workers of a runner pass causes on as texts only. */
  private static final Pattern TEXT =
      Pattern.compile(
          "Connection refused|Connection reset|Broken pipe|(?:connect|[Rr]ead|Connection|connection) timed out"
              + "|(?i:status(?: code)?|http(?: response)?(?: code)?)[ :=]{1,3}(?:429|5\\d\\d)\\b");

  /** Connections; deadlocks; a server that shuts down, starts or has no room; the network's I/O. */
  private static final Pattern SQL_STATE =
      Pattern.compile("08...|40001|40P01|53300|57P0[123]|58030");

  /** Kafka's own class of errors that a retry may end; known by its name to every floor. */
  private static final String KAFKA = "org.apache.kafka.common.errors.RetriableException";

  /** Snowflake's code and state of a lock that was waited for in vain. */
  private static final int LOCK_IS_KEPT = 625;

  private static final String GIVEN_UP = "57014";

  private TransientCause() {}

  /** Tells whether such a failure is among the causes. */
  public static boolean isIn(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (isTransient(e)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTransient(Throwable e) {
    return e instanceof TransientException
        || e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof SocketTimeoutException
        || e instanceof HttpTimeoutException
        || e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || (e instanceof SQLException sql
            && (SQL_STATE.matcher(String.valueOf(sql.getSQLState())).matches() || isKeptLock(sql)))
        || isOfKafka(e.getClass())
        || TEXT.matcher(String.valueOf(e.getMessage())).find();
  }

  /** Tells whether Snowflake has given up to wait for a lock of another transaction. */
  public static boolean isKeptLock(SQLException e) {
    return e.getErrorCode() == LOCK_IS_KEPT && GIVEN_UP.equals(e.getSQLState());
  }

  private static boolean isOfKafka(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(KAFKA)) {
        return true;
      }
    }
    return false;
  }
}
