package io.autopulse.warehouse.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that fill a pipe, by the real SDK, to a server that does not always take them. */
class SnowflakePipeTest {
  private static final int OK = 200;

  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private HttpServer server;
  private SnowflakePipe pipe;

  @BeforeEach
  void startServer() throws IOException, GeneralSecurityException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          calls.add(exchange.getRequestURI().getPath() + " " + body);
          // The last answer is for ever.
          int status = answers.size() > 1 ? answers.remove() : answers.element();
          byte[] answer =
              (status == OK
                      ? "{\"requestId\":\"1\",\"responseCode\":\"SUCCESS\"}"
                      : "{\"code\":\"390%d\",\"message\":\"the test says so\"}".formatted(status))
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    pipe =
        new SnowflakePipe(
            "http",
            "127.0.0.1",
            server.getAddress().getPort(),
            "EMULATED",
            "AUTOPULSE",
            "DB.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE",
            KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void filesAreNamedAgainUntilSnowpipeTakesThem() {
    // A right that is being granted, a limit of calls, a server that is busy.
    answers.addAll(List.of(403, 429, 503, OK));

    pipe.ingest(List.of("r1/a.csv.gz"));

    assertThat(calls, hasSize(4));
    assertThat(
        calls,
        everyItem(startsWith("/v1/data/pipes/DB.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE/insertFiles")));
    assertThat(
        calls.stream().map(call -> call.replaceAll(".*\"path\":\"([^\"]*)\".*", "$1")).toList(),
        is(List.of("r1/a.csv.gz", "r1/a.csv.gz", "r1/a.csv.gz", "r1/a.csv.gz")));
  }

  @Test
  void lastingRefusalNamesThePipeAndTheRemedy() {
    answers.add(403);

    InputException refused =
        assertThrows(
            InputException.class,
            () -> pipe.ingest(List.of("r1/a.csv.gz"), Duration.ofMillis(1500)));

    assertThat("asked again", calls, hasSize(2));
    assertThat(
        refused.getMessage(),
        is(
            "pipe DB.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE: there is no such pipe, or the default role of user AUTOPULSE may not use it. "
                + "Run warehouse/snowflake/pipes.sql after autopulse migrate; and compare: show users like 'AUTOPULSE'"));
  }

  @Test
  void refusalThatNobodyForesawSaysWhatSnowpipeSaid() {
    answers.add(429);

    InputException refused =
        assertThrows(
            InputException.class, () -> pipe.ingest(List.of("r1/a.csv.gz"), Duration.ZERO));

    assertThat(
        refused.getMessage().lines().toList(),
        contains(
            startsWith(
                "pipe DB.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE: Snowpipe does not take a call: HTTP Status: 429 { Message: the test says so,")));
  }

  @Test
  void questionThatIsRefusedIsNotAskedAgain() {
    answers.add(403);

    assertThrows(InputException.class, pipe::check);

    assertThat(calls, hasSize(1));
  }

  @Test
  void serverThatIsGoneIsNamedWithWhatToCompare() {
    server.stop(0);

    InputException gone =
        assertThrows(
            InputException.class, () -> pipe.ingest(List.of("r1/a.csv.gz"), Duration.ZERO));

    assertThat(
        gone.getMessage(),
        startsWith(
            "pipe DB.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE: http://127.0.0.1:%d did not answer: "
                .formatted(server.getAddress().getPort())));
  }
}
