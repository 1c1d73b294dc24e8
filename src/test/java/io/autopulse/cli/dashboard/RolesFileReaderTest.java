package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.access.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesFileReaderTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir private Path directory;

  @Test
  void usersSeeWhatTheirRolesSay() throws IOException {
    Roles roles =
        read(
            """
            header: X-Forwarded-User
            roles:
              head: {all: true}
              north: {regions: [Île-de-France, " nord "], dealers: [d7]}
            users:
              anna@example.com: {roles: [north]}
              head: {roles: [head], token_sha256: %s}
              guest: {}
            """
                .formatted(HASH));
    assertThat(roles.header(), is(Optional.of("X-Forwarded-User")));
    assertThat(
        roles.named("anna@example.com").scope(),
        is(Optional.of(new Scope(List.of("NORD", "ÎLE-DE-FRANCE"), List.of("D7")))));
    assertThat(roles.named("head").scope(), is(Optional.empty()));
    assertThat(roles.named("guest").scope(), is(Optional.of(Scope.NOTHING)));
    assertThat(roles.named("nobody").scope(), is(Optional.of(Scope.NOTHING)));
    assertThat(roles.known("head").name(), is("head"));
    assertThat(
        assertThrows(InputException.class, () -> roles.known("hed")).getMessage(),
        containsString("Did you mean \"head\"?"));
    assertThat(
        assertThrows(InputException.class, () -> roles.known("guest")).getMessage(),
        containsString("has no role"));
  }

  @Test
  void everyMistakeIsNamedWithItsLine() {
    String message =
        assertThrows(
                InputException.class,
                () ->
                    read(
                        """
                        header: Authorization
                        roles:
                          empty: {}
                          both: {all: true, regions: [NORD]}
                          every: {dealers: [all]}
                          odd: {all: yes please}
                          north: {regions: [NORD], shops: [1]}
                        users:
                          anna: {roles: [nort]}
                          ben: {token_sha256: secret}
                        """))
            .getMessage();
    for (String line :
        List.of(
            "roles.yaml:1: header: \"Authorization\" is what browsers fill",
            "roles.yaml:3: roles.empty: shows nothing: name regions or dealers",
            "roles.yaml:4: roles.both: shows all sales",
            "roles.yaml:5: roles.every: has a member ALL",
            "roles.yaml:6: roles.odd.all: \"yes please\" is not true or false",
            "roles.yaml:7: roles.north.shops: is not a known key",
            "roles.yaml:9: users.anna.roles.0: \"nort\" is not a role of this file. Did you mean \"north\"?",
            "roles.yaml:10: users.ben.token_sha256: is not the 64 hexadecimal digits of a SHA-256")) {
      assertThat(message, containsString(line));
    }
  }

  @Test
  void withoutAHeaderEveryUserNeedsATokenOfHisOwn() {
    String message =
        assertThrows(
                InputException.class,
                () ->
                    read(
                        """
                        roles:
                          head: {all: true}
                        users:
                          anna: {roles: [head]}
                          ben: {roles: [head], token_sha256: %s}
                          carl: {roles: [head], token_sha256: %s}
                        """
                            .formatted(HASH, HASH)))
            .getMessage();
    assertThat(message, containsString("roles.yaml:4: users.anna: cannot be told from others"));
    assertThat(
        message, containsString("roles.yaml:6: users.carl.token_sha256: is that of another user"));
  }

  private Roles read(String yaml) throws IOException {
    return RolesFileReader.read(Files.writeString(directory.resolve("roles.yaml"), yaml));
  }
}
