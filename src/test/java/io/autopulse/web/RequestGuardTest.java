package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.problem.InputException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
  private final RequestGuard open = new RequestGuard(settings("127.0.0.1", null));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:8642",
        "localhost:8642",
        "LOCALHOST",
        "[::1]:8642",
        "sales.example"
      })
  void ownNamesAreAnswered(String host) {
    assertThat(status(open, "GET", host, ""), is(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:8642",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "169.254.169.254",
        "sales.example.evil"
      })
  void otherNamesAreRefused(String host) {
    assertThat(status(open, "GET", host, ""), is(421));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get"})
  void otherMethodsThanReadingAreRefused(String method) {
    assertThat(status(open, method, "localhost", ""), is(405));
  }

  @Test
  void longAddressesAreRefused() {
    assertThat(status(open, "GET", "localhost", "dealer=" + "D".repeat(8000)), is(414));
    assertThat(status(open, "GET", "localhost", "dealer=D1&".repeat(101)), is(414));
    assertThat(status(open, "GET", "localhost", "dealer=D1&".repeat(50)), is(200));
  }

  @Test
  void percentThatStandsForNothingIsRefused() {
    assertThat(status(open, "GET", "localhost", "region=%zz"), is(400));
    assertThat(status(open, "GET", "localhost", "region=100%"), is(400));
    assertThat(status(open, "GET", "localhost", "region=%C3%89"), is(200));
  }

  @Test
  void otherAddressNeedsAToken() {
    assertThat(
        assertThrows(InputException.class, () -> settings("0.0.0.0", null)).getMessage(),
        containsString("--token-file"));
    assertThat(
        assertThrows(InputException.class, () -> settings("192.168.1.20", "short")).getMessage(),
        containsString("less than 20 characters"));
    assertThat(
        assertThrows(
                InputException.class,
                () ->
                    new DashboardSettings(
                        "127.0.0.1",
                        65_536,
                        Optional.empty(),
                        List.of(),
                        days(),
                        ZoneOffset.UTC,
                        List.of()))
            .getMessage(),
        containsString("--port 65536"));
  }

  private static int status(RequestGuard guard, String method, String host, String query) {
    return guard.refusal(method, host, query).map(RequestGuard.Refusal::status).orElse(200);
  }

  private static DashboardSettings settings(String host, String token) {
    return new DashboardSettings(
        host,
        0,
        Optional.ofNullable(token),
        List.of("Sales.example"),
        days(),
        ZoneOffset.UTC,
        List.of());
  }

  private static SellingDays days() {
    return SellingDays.of(year -> Set.of());
  }
}
