package io.autopulse.pipeline.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** The jobs that a Flink cluster runs, by its own report. */
public final class ClusterJobs {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<String> OVER = Set.of("FINISHED", "FAILED", "CANCELED", "CANCELLING");

  private ClusterJobs() {}

  /**
   * Checks that a cluster does not run a live job already: two of them would write the same files.
   *
   * @param master {@code HOST:PORT} of the JobManager
   * @param job the manifest's job
   * @throws InputException if it does
   */
  public static void requireFree(String master, String job) {
    Pattern ofTheJob = Pattern.compile(Pattern.quote(job) + "-r\\d{8}-\\d{6}-[0-9a-f]{6}");
    for (JsonNode running : overview(master).path("jobs")) {
      if (ofTheJob.matcher(running.path("name").asText()).matches()
          && !OVER.contains(running.path("state").asText())) {
        throw new InputException(
            master,
            "the cluster runs %s already: job %s is %s"
                .formatted(job, running.path("jid").asText(), running.path("state").asText()),
            "Stop it with a savepoint first (docs/runbooks/live-sales.md)");
      }
    }
  }

  // A cluster that does not answer, or not so, is the submission's to report.
  private static JsonNode overview(String master) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + master + "/jobs/overview"))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createObjectNode();
    } catch (IOException | IllegalArgumentException e) {
      return JSON.createObjectNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return JSON.createObjectNode();
    }
  }
}
