package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.testing.Nightly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers try: nothing fails, nothing runs, nothing leaks. */
class HostileRequestIT {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  /** Values, percent-encoded, each with what it would like to be. */
  private static final List<String> HOSTILE =
      List.of(
          "%27%20or%201%3D1--", // SQL in a text
          "%27%29%20or%20%28%27%27%3D%27", // SQL in a list
          "1%3Bdrop%20view%20sales", // a second statement
          "%27%20union%20select%20raw%20from%20rejected_records_all--", // another table
          "read_csv%28%27%2Fetc%2Fpasswd%27%29", // a file
          "..%2F..%2F..%2Fetc%2Fpasswd", // a path
          "%3Cscript%3Ealert%281%29%3C%2Fscript%3E", // HTML
          "%22%20onmouseover%3D%22alert%281%29", // an attribute
          "%0D%0ASet-Cookie%3A%20a%3Db", // a header
          "%00", // the end of a C string
          "%24%7Bjndi%3Aldap%3A%2F%2F127.0.0.1%2Fa%7D", // a look-up of a logger
          "%7B0%7D%7Bcore%7D%25s%25n", // places of formats
          "%F0%9F%9A%97%D7%A9%D7%9C%D7%95%D7%9D%E2%80%AE", // pictures, right to left
          "%FF%FE%C0%AF", // no UTF-8
          "%ED%A0%80", // half a character
          "%zz", // no percent-encoding
          "-1",
          "99999999999999999999",
          "NaN",
          "a".repeat(5000));

  /** The attribute of a tag that one of these values would like to be. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile("<\\w+(?:\\s+[\\w-]+(?:=\"[^\"]*\")?)*\\s+onmouseover");

  @TempDir private static Path directory;

  private static ServedWarehouse served;

  @BeforeAll
  static void start() throws Exception {
    served = ServedWarehouse.in(directory);
  }

  @AfterAll
  static void stop() throws SQLException {
    served.close();
  }

  @Test
  void noParameterIsMoreThanItsValue() throws Exception {
    Map<String, List<String>> described = OpenApi.parameters(get("/assets/openapi.yaml"));
    Set<String> names = new LinkedHashSet<>();
    described.values().forEach(names::addAll);
    names.addAll(List.of("page", "lang", "nothing"));
    assertThat(names.size(), greaterThan(12));
    int tried = 0;
    for (String name : names) {
      List<String> paths =
          described.entrySet().stream()
              .filter(path -> path.getValue().contains(name))
              .map(Map.Entry::getKey)
              // The sales one by one last: they are the longest.
              .sorted(Comparator.comparing(path -> path.endsWith("/rows")))
              .toList();
      List<String> asked =
          new ArrayList<>(paths.subList(0, Math.min(paths.size(), Nightly.size(1, 99))));
      asked.add("/sales");
      asked.add("/live");
      for (String path : asked) {
        for (String value : HOSTILE) {
          // The script of the live page is the server's own.
          String answer =
              get(path + "?" + name + "=" + value).replace("<script src=\"/assets/live.js\"", "");
          String where = path + " " + name + " " + value;
          // What nobody has has no tables.
          assertThat(where, status(answer), oneOf(200, 400, 404, 414));
          harmless(where, answer);
          // What happened to the jobs and in the world is told under every filter.
          if (path.startsWith("/api/")
              && !path.endsWith("/events")
              && status(answer) == 200
              && described.get(path).contains(name)) {
            assertThat(where, answer, containsString("\"rows\":[]"));
          }
          tried++;
        }
      }
    }
    assertThat(tried, greaterThan(300));
    assertThat("nothing is gone", status(get("/sales?by=sale")), is(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%2e%2e/openapi.yaml%00.css",
        "/assets/..;/page/messages_en.properties",
        "/assets//etc/passwd",
        "/assets/dashboard.css%00",
        "/assets/C:%5cwindows%5cwin.ini",
        "/sales/..%5c..%5cload_runs.csv",
        "/sales/rejected_records_all.csv",
        "/sales/sales.csv%3f",
        "/api/v1/../../etc/passwd",
        "/api/v1/health/load_runs",
        "/api/v1/sales/members.csv",
        "/WEB-INF/web.xml",
        "/.git/config",
        "/actuator/env",
        "/%zz",
        "//evil.example/overview",
        "/overview;jsessionid=1"
      })
  void noPathLeadsAnywhereElse(String path) throws IOException {
    String answer = get(path);
    assertThat(path, status(answer), oneOf(400, 404));
    harmless(path, answer);
  }

  @Test
  void addressThatIsTooLongIsRefusedWithAClearPage() throws IOException {
    for (String query :
        List.of(
            "dealer=" + "D".repeat(8000),
            "dealer=D1&".repeat(10_000),
            "dealer=" + "D".repeat(100_000),
            "x".repeat(30) + "=1&".repeat(101))) {
      String answer = get("/sales?" + query);
      assertThat(status(answer), is(414));
      assertThat(answer, containsString("The address is too long: set fewer filters."));
      harmless("long", answer);
    }
    String path = get("/" + "a/".repeat(20_000));
    assertThat(status(path), oneOf(404, 414));
    harmless("long path", path);
    StringBuilder members = new StringBuilder("/sales?");
    for (int i = 0; i < 51; i++) {
      members.append("dealer=D").append(i).append('&');
    }
    String answer = get(members.toString());
    assertThat(status(answer), is(400));
    assertThat(answer, containsString("it may be given 50 times"));
  }

  @Test
  void whoShowsNoTokenOrAnotherNameGetsNothing() throws Exception {
    try (Dashboard closed =
        Dashboard.start(
            new DashboardSettings(
                "127.0.0.1",
                0,
                Optional.of(TOKEN),
                List.of("sales.example"),
                days(),
                ZoneOffset.UTC,
                List.of()),
            served.folder(),
            Clock.fixed(Instant.parse("2024-06-13T07:00:00Z"), ZoneOffset.UTC),
            Duration.ofMinutes(1))) {
      int port = URI.create(closed.address()).getPort();
      for (String path :
          List.of(
              "/",
              "/overview",
              "/sales/rows.csv?by=sale",
              "/api/v1/sales/members",
              "/assets/openapi.yaml",
              "/nothing")) {
        assertThat(
            send(port, path, "Host: localhost"),
            allOf(
                startsWith("HTTP/1.1 401"),
                containsString("WWW-Authenticate: Bearer"),
                not(containsString("r1"))));
        assertThat(
            send(port, path, "Host: evil.example", "Authorization: Bearer " + TOKEN),
            startsWith("HTTP/1.1 421"));
        assertThat(
            status(send(port, path, "Host: sales.example", "Authorization: Bearer " + TOKEN)),
            oneOf(200, 302, 404));
      }
      for (String request :
          List.of(
              "GET /overview HTTP/1.1\r\nConnection: close\r\n\r\n",
              "GET /overview HTTP/1.0\r\n\r\n",
              "GET /overview HTTP/1.1\r\nHost: localhost\r\nHost: sales.example\r\nConnection: close\r\n\r\n",
              "GET http://evil.example/overview HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + TOKEN
                  + "\r\nConnection: close\r\n\r\n",
              "nonsense\r\n\r\n")) {
        String answer = raw(port, request);
        assertThat(request, answer, not(containsString("Units sold")));
        harmless(request, answer);
      }
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
    try (Dashboard limited =
        Dashboard.start(
            new DashboardSettings(
                    "127.0.0.1", 0, Optional.empty(), List.of(), days(), ZoneOffset.UTC, List.of())
                .with(Optional.empty(), 1),
            served.folder(),
            Clock.fixed(Instant.parse("2024-06-13T07:00:00Z"), ZoneOffset.UTC),
            Duration.ofMinutes(1))) {
      int port = URI.create(limited.address()).getPort();
      for (int i = 0; i < 10; i++) {
        assertThat(status(send(port, "/health", "Host: localhost")), is(200));
      }
      assertThat(
          send(port, "/health", "Host: localhost"),
          allOf(
              startsWith("HTTP/1.1 429"),
              containsString("Retry-After: 2\r\n"),
              containsString("too many requests")));
    }
  }

  /** Tells nothing of the server, the machine and the database, and runs nothing. */
  private static void harmless(String where, String answer) {
    for (String leak :
        List.of(
            "Exception",
            "\tat ",
            "io.autopulse",
            "Jetty",
            "jetty",
            "Javalin",
            "duckdb",
            "DuckDB",
            "root:x:0",
            "<script",
            directory.toString())) {
      assertThat(where + ": " + leak, answer, not(containsString(leak)));
    }
    assertThat(where, answer.split("\r\n\r\n", 2)[0], not(containsString("Set-Cookie")));
    assertThat(where, ATTRIBUTE.matcher(answer).find(), is(false));
  }

  private static SellingDays days() {
    return SellingDays.of(year -> Set.of());
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static String get(String path) throws IOException {
    return send(URI.create(served.address()).getPort(), path, "Host: localhost");
  }

  private static String send(int port, String path, String... headers) throws IOException {
    return raw(
        port,
        "GET "
            + path
            + " HTTP/1.1\r\n"
            + String.join("\r\n", headers)
            + "\r\nConnection: close\r\n\r\n");
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
