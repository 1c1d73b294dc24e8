package io.autopulse.operations.rundeck;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.pipeline.yaml.Node;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.YamlTree;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.rundeck.client.api.RundeckApi;
import org.rundeck.client.api.model.BulkJobDelete;
import org.rundeck.client.api.model.DeleteJobsResult;
import org.rundeck.client.api.model.ImportResult;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** Our jobs in a project of a Rundeck server, by its API. */
public final class RundeckProject {
  private static final MediaType YAML = MediaType.get("application/yaml");
  private static final int ATTEMPTS = 3;
  private static final int SERVER_ERROR = 500;
  private static final String AGAIN = "Run it again: it goes on where it was";

  private final String name;
  private final String url;
  private final RundeckApi api;
  private final Duration pause;
  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /**
   * Makes a client; the server is not asked yet.
   *
   * @param name the project
   * @param pause the time before a call that failed for the server's sake is made again
   */
  public RundeckProject(String name, RundeckAccess access, Duration pause) {
    this.name = name;
    this.url = access.url();
    this.pause = pause;
    OkHttpClient client =
        new OkHttpClient.Builder()
            // A redirection would carry the token to another place.
            .followRedirects(false)
            .readTimeout(Duration.ofMinutes(1))
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("X-Rundeck-Auth-Token", access.token())
                            .build()))
            .build();
    this.api =
        new Retrofit.Builder()
            .baseUrl(url)
            .client(client)
            .addConverterFactory(JacksonConverterFactory.create(json))
            .build()
            .create(RundeckApi.class);
  }

  /**
   * Returns the jobs of our group, by their identities.
   *
   * @throws InputException if the server refuses, or answers with what is no job
   */
  public Map<String, Node.Mapping> jobs() {
    String yaml;
    try (ResponseBody body =
        answer(api.exportJobs(name, null, null, null, RundeckFolder.GROUP, "yaml"))) {
      yaml = body.string();
    } catch (IOException e) {
      throw new TransientException(url, "ended its answer", AGAIN, e);
    }
    Map<String, Node.Mapping> jobs = new LinkedHashMap<>();
    if (yaml.isBlank()) {
      return jobs;
    }
    Node document = YamlTree.read(yaml, Place.inFile("project " + name), "");
    if (document instanceof Node.Sequence list) {
      for (Node job : list.elements()) {
        if (job instanceof Node.Mapping map
            && map.entries().get("uuid") instanceof Node.Scalar uuid) {
          jobs.put(uuid.text(), map);
        }
      }
      return jobs;
    }
    throw new InputException(
        url, "answers with something else than jobs", "Check that RD_URL is that of a Rundeck");
  }

  /**
   * Makes the job what the file says: a new one, or the one that has its identity.
   *
   * @throws InputException with Rundeck's words if it refuses the job
   */
  public void importJob(JobFile job) {
    ImportResult result =
        answer(api.loadJobs(name, RequestBody.create(YAML, job.text()), "update", "preserve"));
    if (!result.getFailed().isEmpty()) {
      throw refused(job.file(), result.getFailed().get(0).getError());
    }
    if (result.getSucceeded().isEmpty()) {
      throw refused(job.file(), "the job was passed over");
    }
  }

  /**
   * Deletes jobs.
   *
   * @throws InputException with Rundeck's words if it keeps one
   */
  public void delete(List<String> uuids) {
    DeleteJobsResult result = answer(api.deleteJobsBulk(new BulkJobDelete(uuids)));
    if (!result.isAllsuccessful()) {
      String reason =
          result.getFailed() == null || result.getFailed().isEmpty()
              ? "not all were deleted"
              : result.getFailed().get(0).getId() + ": " + result.getFailed().get(0).getMessage();
      throw refused("project " + name, reason);
    }
  }

  private static InputException refused(String place, String reason) {
    return new InputException(place, "Rundeck refuses it: " + reason, "");
  }

  /** Makes a call, again if the server is the reason that it failed: each call can be repeated. */
  private <T> T answer(Call<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        Response<T> response = call.clone().execute();
        T body = response.body();
        if (response.isSuccessful() && body != null) {
          return body;
        }
        if (response.code() < SERVER_ERROR) {
          throw refusal(response);
        }
        if (attempt == ATTEMPTS) {
          throw new TransientException(
              url, "answered " + response.code() + ", " + ATTEMPTS + " times", AGAIN);
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new TransientException(url, "does not answer: " + e.getMessage(), AGAIN, e);
        }
      }
      pause();
    }
  }

  private InputException refusal(Response<?> response) {
    return switch (response.code()) {
      case 401, 403 ->
          new InputException(
              url,
              "refuses the token (" + response.code() + ")",
              "Set RD_TOKEN, or the file that RD_TOKEN_FILE names, to a token of a user who may administer the jobs of project "
                  + name);
      case 404 ->
          new InputException(
              url, "has no project " + name, "Make it from rundeck/project.properties");
      default ->
          new InputException(
              url,
              "answers " + response.code() + said(response),
              "Check that RD_URL is that of a Rundeck's API");
    };
  }

  private String said(Response<?> response) {
    try (ResponseBody body = response.errorBody()) {
      String message = body == null ? "" : json.readTree(body.string()).path("message").asText();
      return message.isEmpty() ? "" : ": " + message;
    } catch (IOException e) {
      return ""; // It is no JSON: the code says what there is to say.
    }
  }

  private void pause() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + url, e);
    }
  }
}
