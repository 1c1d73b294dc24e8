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
  private static final Map<String, List<String>> OF_A_CHANGE =
      Map.of(
          "check", List.of("format-and-compile", "sql-style", "yaml-style", "image-style"),
          "test", List.of("verify"),
          "package", List.of("jar"));

  private GitLabPipeline pipeline;

  @BeforeEach
  void read() throws IOException {
    pipeline = new GitLabPipeline(Path.of(System.getProperty("basedir", ""), ".gitlab-ci.yml"));
  }

  @Test
  void branchMergeRequestAndTagAreCheckedTestedAndPackaged() {
    assertThat(
        pipeline.jobs(Map.of("CI_PIPELINE_SOURCE", "push", "CI_COMMIT_BRANCH", "main")),
        is(OF_A_CHANGE));
    assertThat(pipeline.jobs(Map.of("CI_PIPELINE_SOURCE", "merge_request_event")), is(OF_A_CHANGE));
    assertThat(
        pipeline.jobs(Map.of("CI_PIPELINE_SOURCE", "push", "CI_COMMIT_TAG", "v1.0.0")),
        is(OF_A_CHANGE));
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
        pipeline.jobs(Map.of("CI_PIPELINE_SOURCE", "schedule", "CI_COMMIT_BRANCH", "main")),
        is(Map.of("check", List.of("format-and-compile"), "test", List.of("nightly"))));
  }

  @Test
  void jarThatIsPackagedIsTheOneThatWasTested() {
    assertThat(pipeline.needs("jar"), contains("verify"));
    assertThat(
        pipeline.script("jar").stream().filter(line -> line.contains("mvn")).toList(),
        is(List.of()));
    assertThat(pipeline.script("verify"), contains(".ci/run"));
  }
}
