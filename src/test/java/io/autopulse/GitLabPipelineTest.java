package io.autopulse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which jobs run when, as GitLab reads {@code .gitlab-ci.yml}. */
class GitLabPipelineTest {
  private static final List<String> CHECK =
      List.of(
          "format-and-compile",
          "sql-style",
          "yaml-style",
          "image-style",
          "rundeck-jobs",
          "secrets",
          "dbt-rules",
          "power-bi");
  private static final List<String> PACKAGE = List.of("jar", "sbom");

  private static final Map<String, List<String>> OF_A_BRANCH =
      Map.of("check", CHECK, "test", List.of("verify", "marts"), "package", PACKAGE);
  private static final Map<String, List<String>> OF_A_MERGE_REQUEST =
      Map.of("check", CHECK, "test", List.of("verify", "marts", "slim-build"), "package", PACKAGE);
  private static final Map<String, List<String>> OF_THE_DEFAULT_BRANCH =
      Map.of(
          "check",
          CHECK,
          "test",
          List.of("verify", "marts"),
          "package",
          PACKAGE,
          "deploy",
          List.of("staging", "production", "rollback-staging", "rollback-production", "pages"));

  private static final Map<String, String> PUSH_TO_THE_DEFAULT_BRANCH =
      Map.of(
          "CI_PIPELINE_SOURCE", "push",
          "CI_COMMIT_BRANCH", "main",
          "CI_DEFAULT_BRANCH", "main");

  private GitLabPipeline pipeline;

  @BeforeEach
  void read() throws IOException {
    pipeline = new GitLabPipeline(Path.of(System.getProperty("basedir", ""), ".gitlab-ci.yml"));
  }

  @Test
  void branchAndTagAreCheckedTestedAndPackaged() {
    assertThat(
        pipeline.jobs(
            Map.of(
                "CI_PIPELINE_SOURCE", "push",
                "CI_COMMIT_BRANCH", "feature",
                "CI_DEFAULT_BRANCH", "main")),
        is(OF_A_BRANCH));
    assertThat(
        pipeline.jobs(
            Map.of(
                "CI_PIPELINE_SOURCE", "push",
                "CI_COMMIT_TAG", "v1.0.0",
                "CI_DEFAULT_BRANCH", "main")),
        is(OF_A_BRANCH));
  }

  @Test
  void mergeRequestAlsoComparesTheMartsAndDeploysNothing() {
    assertThat(
        pipeline.jobs(
            Map.of("CI_PIPELINE_SOURCE", "merge_request_event", "CI_DEFAULT_BRANCH", "main")),
        is(OF_A_MERGE_REQUEST));
  }

  @Test
  void defaultBranchIsDeployedToStagingAndByAPersonToProduction() {
    assertThat(pipeline.jobs(PUSH_TO_THE_DEFAULT_BRANCH), is(OF_THE_DEFAULT_BRANCH));
    assertThat(
        pipeline.manual(PUSH_TO_THE_DEFAULT_BRANCH),
        contains("production", "rollback-staging", "rollback-production"));
    assertThat(pipeline.needs("production"), contains("jar", "staging"));
  }

  @Test
  void environmentIsDeployedToByOneJobAtATime() {
    assertThat(pipeline.text("staging", "resource_group"), is("staging"));
    assertThat(pipeline.text("rollback-staging", "resource_group"), is("staging"));
    assertThat(pipeline.text("production", "resource_group"), is("production"));
    assertThat(pipeline.text("rollback-production", "resource_group"), is("production"));
    assertThat(pipeline.text("production", "interruptible"), is("false"));
  }

  @Test
  void branchOfAMergeRequestHasOnePipelineAndNotTwo() {
    assertThat(
        pipeline.jobs(
            Map.of(
                "CI_PIPELINE_SOURCE", "push",
                "CI_COMMIT_BRANCH", "feature",
                "CI_OPEN_MERGE_REQUESTS", "group/autopulse!1")),
        is(Map.of()));
  }

  @Test
  void scheduleTestsAtFullSizeAndPackagesNothing() {
    assertThat(
        pipeline.jobs(
            Map.of(
                "CI_PIPELINE_SOURCE", "schedule",
                "CI_COMMIT_BRANCH", "main",
                "CI_DEFAULT_BRANCH", "main")),
        is(
            Map.of(
                "check",
                List.of("format-and-compile"),
                "test",
                List.of("nightly", "nightly-selection"))));
  }

  @Test
  void jarThatIsPackagedAndDeployedIsTheOneThatWasTested() {
    assertThat(pipeline.needs("jar"), contains("verify"));
    assertThat(
        pipeline.script("jar").stream().filter(line -> line.contains("mvn")).toList(),
        is(List.of()));
    assertThat(pipeline.script("verify"), contains(".ci/run"));
    assertThat(pipeline.script("nightly"), contains(".ci/run -Pnightly"));
    assertThat(pipeline.needs("staging"), contains("jar"));
    assertThat(
        pipeline.script("staging"),
        contains(".ci/deploy staging \"$AUTOPULSE_WAREHOUSE\"", ".ci/deploy-jobs"));
    assertThat(
        pipeline.script("production"),
        contains(".ci/deploy production \"$AUTOPULSE_WAREHOUSE\"", ".ci/deploy-jobs"));
  }
}
