package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.operations.rundeck.Drift.Difference;
import io.autopulse.testing.RundeckServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments by Rundeck's real client, to a server that stands in for Rundeck. */
class DeploymentTest {
  private static final List<String> NAMES =
      List.of(
          "daily",
          "daily-backfill",
          "daily-refresh",
          "data-health",
          "market-sync",
          "marts",
          "reconcile-snowpipe",
          "weekly-forecast",
          "weekly-trends");

  @TempDir Path temporary;

  private final RundeckServer rundeck = RundeckServer.start();
  private Path folder;

  @BeforeEach
  void copy() {
    folder = ShippedFolder.copy(temporary.resolve("rundeck"));
  }

  @AfterEach
  void stop() {
    rundeck.close();
  }

  @Test
  void firstDeploymentImportsEveryJobAndTheSecondNone() {
    assertThat(deployment().deploy().missing(), hasSize(9));
    assertThat(rundeck.names(), is(NAMES));
    rundeck.forgetCalls();

    Drift second = deployment().deploy();
    assertThat(second.isEmpty(), is(true));
    assertThat(second.same(), is(9));
    assertThat(rundeck.names(), is(NAMES));
    assertThat(rundeck.calls(), contains(containsString("/jobs/export")));
  }

  @Test
  void importKeepsIdentitiesAndUpdatesWhatHasThem() {
    deployment().deploy();
    assertThat(
        rundeck.calls().get(1),
        allOf(
            startsWith("POST /api/41/project/autopulse/jobs/import?"),
            containsString("dupeOption=update"),
            containsString("uuidOption=preserve")));
    assertThat(rundeck.job("marts").path("uuid").asText(), is(ShippedFolder.job("marts").uuid()));
  }

  @Test
  void changedFileUpdatesItsJobAlone() {
    deployment().deploy();
    rundeck.forgetCalls();
    ShippedFolder.change(folder, "marts", "timeout: 5h", "timeout: 6h");

    Drift drift = deployment().deploy();
    assertThat(
        drift.changed().get(0).differences(),
        contains(new Difference("timeout", Optional.of("6h"), Optional.of("5h"))));
    assertThat(rundeck.job("marts").path("timeout").asText(), is("6h"));
    assertThat(rundeck.names(), is(NAMES));
    assertThat(rundeck.calls(), hasSize(2));
    assertThat(deployment().drift().isEmpty(), is(true));
  }

  @Test
  void whatSomebodyChangedInRundeckIsDriftAndIsTakenBack() {
    deployment().deploy();
    ObjectNode marts = rundeck.job("marts");
    marts.put("executionEnabled", false).put("multipleExecutions", true);
    ((ObjectNode) marts.path("schedule").path("time")).put("hour", "3");
    marts.withObject("/notification").remove("onfailure");
    marts.withArray("/options").addObject().put("name", "extra").put("value", "hunter2");

    Drift drift = deployment().drift();
    assertThat(drift.changed(), hasSize(1));
    assertThat(
        drift.changed().get(0).differences(),
        hasItems(
            new Difference("executionEnabled", Optional.of("true"), Optional.empty()),
            new Difference("multipleExecutions", Optional.empty(), Optional.of("true")),
            new Difference("schedule.time.hour", Optional.of("6"), Optional.of("3")),
            new Difference(
                "notification.onfailure.email.recipients",
                Optional.of("data-operations@example.com"),
                Optional.empty()),
            new Difference("options.2.name", Optional.empty(), Optional.of("extra")),
            new Difference("options.2.value", Optional.empty(), Optional.of("(a value)"))));
    assertThat(drift.toString(), not(containsString("hunter2")));

    deployment().deploy();
    assertThat(deployment().drift().isEmpty(), is(true));
  }

  @Test
  void jobWhoseFileIsGoneIsRemovedAndThoseOfOthersStay() throws IOException {
    deployment().deploy();
    rundeck.add("autopulse", "cleaning", "old-logs", "20000000-0000-0000-0000-000000000001");
    rundeck.add("autopulse", "autopulse/tests", "try", "20000000-0000-0000-0000-000000000002");
    Files.delete(folder.resolve("jobs/daily.yaml"));

    assertThat(deployment().deploy().surplus().values(), contains("daily"));
    assertThat(rundeck.names(), not(hasItem("daily")));
    assertThat(rundeck.names(), hasItems("old-logs", "try"));
    assertThat(rundeck.names(), hasSize(10));
  }

  @Test
  void copyThatSomebodyMadeOfAJobIsRemoved() {
    deployment().deploy();
    rundeck.add("autopulse", "autopulse", "marts", "20000000-0000-0000-0000-000000000003");
    deployment().deploy();
    assertThat(rundeck.names(), is(NAMES));
    assertThat(rundeck.job("marts").path("uuid").asText(), is(ShippedFolder.job("marts").uuid()));
  }

  @Test
  void diffChangesNothing() {
    assertThat(deployment().drift().missing(), hasSize(9));
    assertThat(rundeck.names(), is(empty()));
  }

  @Test
  void identityThatAnotherProjectHasIsRefusedInRundecksWords() {
    rundeck.add("other", "autopulse", "daily", ShippedFolder.job("daily").uuid());
    InputException refusal = assertThrows(InputException.class, () -> deployment().deploy());
    assertThat(
        refusal.getMessage(),
        containsString(
            "daily.yaml: Rundeck refuses it: A Job with this UUID exists in another project"));
  }

  @Test
  void jobThatRundeckKeepsIsTold() throws IOException {
    deployment().deploy();
    Files.delete(folder.resolve("jobs/daily.yaml"));
    rundeck.keep(ShippedFolder.job("daily").uuid());
    InputException refusal = assertThrows(InputException.class, () -> deployment().deploy());
    assertThat(refusal.getMessage(), containsString("is running"));
  }

  @Test
  void busyServerIsAskedAgain() {
    rundeck.failNext(2, 503);
    assertThat(deployment().deploy().missing(), hasSize(9));
    assertThat(rundeck.names(), is(NAMES));
  }

  @Test
  void serverThatStaysBusyIsNoFaultOfTheUser() {
    rundeck.failNext(100, 500);
    TransientException failure =
        assertThrows(TransientException.class, () -> deployment().deploy());
    assertThat(failure.getMessage(), containsString("answered 500, 3 times"));
    assertThat(rundeck.calls(), hasSize(3));
  }

  @Test
  void halfOfADeploymentIsCompletedByTheNext() {
    deployment().deploy();
    rundeck.add("autopulse", "autopulse", "old", "20000000-0000-0000-0000-000000000004");
    ShippedFolder.change(folder, "marts", "timeout: 5h", "timeout: 6h");
    ShippedFolder.change(folder, "data-health", "timeout: 2h", "timeout: 3h");
    rundeck.add("other", "autopulse", "x", ShippedFolder.job("marts").uuid());
    assertThrows(InputException.class, () -> deployment().deploy());

    rundeck.add("autopulse", "autopulse", "marts", ShippedFolder.job("marts").uuid());
    deployment().deploy();
    assertThat(deployment().drift().isEmpty(), is(true));
    assertThat(rundeck.names(), is(NAMES));
  }

  @Test
  void conflictIsNotTriedAgainAndToldInRundecksWords() {
    rundeck.failNext(1, 409);
    InputException refusal = assertThrows(InputException.class, () -> deployment().deploy());
    assertThat(refusal.getMessage(), containsString("answers 409: the server is busy"));
    assertThat(rundeck.calls(), hasSize(1));
  }

  @Test
  void tokenThatIsRefusedIsNotShown() {
    Deployment deployment = deployment();
    rundeck.rotate("another");
    InputException refusal = assertThrows(InputException.class, deployment::deploy);
    assertThat(refusal.getMessage(), containsString("refuses the token (403)"));
    assertThat(refusal.getMessage(), not(containsString("token-of-the-test")));
  }

  @Test
  void redirectionIsNotFollowedWithTheToken() {
    rundeck.failNext(1, 302);
    InputException refusal = assertThrows(InputException.class, () -> deployment().deploy());
    assertThat(refusal.getMessage(), containsString("answers 302"));
  }

  @Test
  void projectThatIsNotThereIsNamed() {
    RundeckFolder other = RundeckFolder.read(folder, Optional.of("staging"));
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> new Deployment(other, client(other, rundeck.environment())).drift());
    assertThat(refusal.getMessage(), containsString("has no project staging"));
  }

  @Test
  void tokenThatIsRotatedCountsAtTheNextCall() throws IOException {
    Path file = temporary.resolve("token");
    Files.writeString(file, "token-of-the-test\n");
    Map<String, String> environment = new HashMap<>(rundeck.environment());
    environment.remove("RD_TOKEN");
    environment.put("RD_TOKEN_FILE", file.toString());
    RundeckFolder jobs = RundeckFolder.read(folder, Optional.empty());
    Deployment deployment = new Deployment(jobs, client(jobs, environment));
    deployment.deploy();

    rundeck.rotate("the-next-token");
    assertThrows(InputException.class, deployment::drift);
    Files.writeString(file, "the-next-token\n");
    assertThat("the same client", deployment.drift().isEmpty(), is(true));
  }

  private Deployment deployment() {
    RundeckFolder jobs = RundeckFolder.read(folder, Optional.empty());
    return new Deployment(jobs, client(jobs, rundeck.environment()));
  }

  private static RundeckProject client(RundeckFolder jobs, Map<String, String> environment) {
    return new RundeckProject(jobs.project(), new RundeckAccess(environment), Duration.ZERO);
  }
}
