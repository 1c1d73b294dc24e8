package io.autopulse.domain.problem;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientCauseTest {
  @Test
  void serversThatDoNotAnswerMayAnswerLater() {
    for (Throwable failure :
        List.of(
            new ConnectException("Connection refused"),
            new SocketTimeoutException("Read timed out"),
            new SQLException("terminating connection", "57P01"),
            new SQLException("the database system is starting up", "57P03"),
            new SQLException("too many clients", "53300"),
            new SQLException("deadlock detected", "40P01"),
            new SQLException("I/O error", "08006"),
            new SQLException("has locked table 'SALES' and not yet released it", "57014", 625),
            new TimeoutException("no broker"),
            new CoordinatorLoadInProgressException("loading"),
            new TransientException("w.duckdb", "is in use", ""))) {
      assertThat(failure.toString(), TransientCause.isIn(failure), is(true));
      assertThat(
          TransientCause.isIn(new IllegalStateException("the pipeline failed", failure)), is(true));
    }
  }

  @Test
  void whatAPersonMustCorrectIsNotTriedAgain() {
    for (Throwable failure :
        List.of(
            new UnknownHostException("databse.example"),
            new SQLException("password authentication failed", "28P01"),
            new SQLException("no such table", "42P01"),
            new SQLException("canceling statement due to user request", "57014"),
            new SaslAuthenticationException("refused"),
            new InputException("m.yaml:3", "is not a known key", ""),
            new IllegalStateException("sales of 429 days in 503 files"),
            new IllegalStateException("rows in error: 512"))) {
      assertThat(failure.toString(), TransientCause.isIn(failure), is(false));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.ConnectException: Connection refused",
        "Service: S3, Status Code: 503",
        "HTTP 429 Too Many Requests",
        "JDBC driver: HTTP response code: 502",
        "Connection reset by peer"
      })
  void textOfAWorkerIsEnough(String text) {
    assertThat(TransientCause.isIn(new RuntimeException(text)), is(true));
  }

  @Test
  void transientProblemStaysOneAtAnotherPlaceAndOnAnotherMachine() throws Exception {
    TransientException problem =
        new TransientException("", "no broker answers", "", new ConnectException("refused"));
    assertThat(problem.at("m.yaml:3"), is(instanceOf(TransientException.class)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(problem);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject(), is(instanceOf(TransientException.class)));
    }
  }
}
