package io.autopulse.web.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.warehouse.serving.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final Instant NOW = Instant.parse("2024-06-13T07:00:00Z");
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String PROXY = "Bearer " + TOKEN;

  /** As sha256sum says of "anna's own token, long enough". */
  private static final String HASH =
      "24937a0a2aa9b66f6ae295eba14f8098c056e3959f9c4da841473d68491c84e6";

  private static final Role NORTH = new Role(Optional.of(new Scope(List.of("north"), List.of())));
  private static final Role D7 = new Role(Optional.of(new Scope(List.of(), List.of("D7"))));
  private static final Role HEAD = new Role(Optional.empty());

  private static final Roles ROLES =
      new Roles(
          Optional.of("X-Forwarded-User"),
          Map.of(
              "anna", new Roles.User(List.of(NORTH, D7), Optional.of(HASH)),
              "head", new Roles.User(List.of(NORTH, HEAD), Optional.empty()),
              "guest", new Roles.User(List.of(), Optional.empty())));

  private final Gate gate = new Gate(Optional.of(TOKEN), Optional.of(ROLES), 0);

  @Test
  void withoutTokenAndRolesAnybodySeesEverything() {
    Gate open = new Gate(Optional.empty(), Optional.empty(), 0);
    assertThat(
        reader(open.admit("", List.of(), "127.0.0.1", "/overview", NOW)), is(Reader.ANYBODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcdef0123456789abcdeF",
        "Bearer 0123456789abcdef0123456789abcdef ",
        "bearer 0123456789abcdef0123456789abcdef",
        "Basic 0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef"
      })
  void tokenMustBeShownWhole(String authorization) {
    Gate closed = new Gate(Optional.of(TOKEN), Optional.empty(), 0);
    assertThat(
        refusal(closed.admit(authorization, List.of(), "", "/overview", NOW)).status(), is(401));
    assertThat(
        refusal(gate.admit(authorization, List.of("anna"), "", "/overview", NOW)).status(),
        is(401));
  }

  @Test
  void tokenOpens() {
    Gate closed = new Gate(Optional.of(TOKEN), Optional.empty(), 0);
    assertThat(reader(closed.admit(PROXY, List.of(), "", "/overview", NOW)), is(Reader.ANYBODY));
  }

  @Test
  void userOfSeveralRolesSeesAllOfThem() {
    assertThat(
        reader(gate.admit(PROXY, List.of("anna"), "", "/overview", NOW)),
        is(new Reader("anna", Optional.of(new Scope(List.of("NORTH"), List.of("D7"))))));
    assertThat(
        reader(gate.admit(PROXY, List.of(" head "), "", "/overview", NOW)),
        is(new Reader("head", Optional.empty())));
  }

  @Test
  void ownTokenNamesItsUserWhateverTheHeaderSays() {
    assertThat(
        reader(
                gate.admit(
                    "Bearer anna's own token, long enough", List.of("head"), "", "/overview", NOW))
            .name(),
        is("anna"));
  }

  @Test
  void headerIsNotBelievedWithoutTheTokenNorIfItIsThereTwice() {
    assertThat(refusal(gate.admit("", List.of("head"), "", "/overview", NOW)).status(), is(401));
    assertThat(
        refusal(gate.admit(PROXY, List.of("head", "anna"), "", "/overview", NOW)).status(),
        is(401));
    assertThat(refusal(gate.admit(PROXY, List.of(), "", "/overview", NOW)).status(), is(401));
    assertThat(refusal(gate.admit(PROXY, List.of(" "), "", "/overview", NOW)).status(), is(401));
  }

  @ParameterizedTest
  @ValueSource(strings = {"guest", "nobody", "head,anna", "HEAD", "<b>"})
  void whoHasNoRoleIsToldSo(String name) {
    Admission.Refused refused = refusal(gate.admit(PROXY, List.of(name), "", "/overview", NOW));
    assertThat(refused.status(), is(403));
    assertThat(refused.message(), containsString("You are known as " + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live", "/live/events", "/api/v1/live/hours", "/nothing", "//sales"})
  void whoSeesAPartIsShownOnlyPagesThatAreMadeOfIt(String path) {
    assertThat(refusal(gate.admit(PROXY, List.of("anna"), "", path, NOW)).status(), is(403));
    assertThat(reader(gate.admit(PROXY, List.of("head"), "", path, NOW)).name(), is("head"));
  }

  @Test
  void whoAsksTooOftenWaitsAndOthersDoNot() {
    Gate limited = new Gate(Optional.of(TOKEN), Optional.of(ROLES), 2);
    for (int i = 0; i < 20; i++) {
      assertThat(
          reader(limited.admit(PROXY, List.of("anna"), "", "/overview", NOW)).name(), is("anna"));
    }
    Admission.Refused refused =
        refusal(limited.admit(PROXY, List.of("anna"), "", "/overview", NOW));
    assertThat(refused.status(), is(429));
    assertThat(refused.after(), is(Duration.ofMillis(500)));
    assertThat(
        reader(limited.admit(PROXY, List.of("head"), "", "/overview", NOW)).name(), is("head"));
    Instant later = NOW.plusMillis(500);
    assertThat(
        reader(limited.admit(PROXY, List.of("anna"), "", "/overview", later)).name(), is("anna"));
    assertThat(
        refusal(limited.admit(PROXY, List.of("anna"), "", "/overview", later)).status(), is(429));
    assertThat(
        "a clock that goes back gives nothing",
        refusal(limited.admit(PROXY, List.of("anna"), "", "/overview", NOW)).status(),
        is(429));
  }

  @Test
  void otherUsersAreKnownFromTheNextRequestOnAndHowOftenTheyAskedIs() {
    Gate limited = new Gate(Optional.of(TOKEN), Optional.of(ROLES), 1);
    for (int i = 0; i < 10; i++) {
      assertThat(
          reader(limited.admit(PROXY, List.of("head"), "", "/overview", NOW)).name(), is("head"));
    }
    Roles without =
        new Roles(ROLES.header(), Map.of("head", new Roles.User(List.of(HEAD), Optional.empty())));
    Gate changed = limited.with(Optional.of(without));
    assertThat(
        refusal(changed.admit(PROXY, List.of("anna"), "", "/overview", NOW)).status(), is(403));
    assertThat(
        refusal(changed.admit(PROXY, List.of("head"), "", "/overview", NOW)).status(), is(429));
  }

  @Test
  void withoutNamesEachAddressHasItsOwnAllowance() {
    Gate limited = new Gate(Optional.empty(), Optional.empty(), 1);
    for (int i = 0; i < 10; i++) {
      reader(limited.admit("", List.of(), "10.0.0.1", "/overview", NOW));
    }
    assertThat(
        refusal(limited.admit("", List.of(), "10.0.0.1", "/overview", NOW)).status(), is(429));
    assertThat(
        reader(limited.admit("", List.of(), "10.0.0.2", "/overview", NOW)), is(Reader.ANYBODY));
  }

  @Test
  void membersThatNoSaleHasAreNamedWithTheNearest() {
    assertThat(
        ROLES.unknown(List.of("NORTHE", "SOUTH"), List.of("D7")),
        is(
            List.of(
                "the file of roles names region NORTH, of which there is no sale. Did you mean \"NORTHE\"?")));
  }

  private static Reader reader(Admission admission) {
    return ((Admission.Admitted) admission).reader();
  }

  private static Admission.Refused refusal(Admission admission) {
    return (Admission.Refused) admission;
  }
}
