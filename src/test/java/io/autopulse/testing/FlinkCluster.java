package io.autopulse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A standalone Flink cluster on the loopback interface: a JobManager and TaskManagers as processes
 * of their own, assembled from the Flink modules on the tests' class path. Processes are killed as
 * {@code kill -9} does and started again under the same addresses. State lives in RocksDB,
 * checkpoints and savepoints below the cluster's folder.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SAVEPOINT_ATTEMPTS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Flink's distribution carries, by the beginnings of the jars' names. */
  private static final List<String> DISTRIBUTION =
      List.of(
          "flink-",
          "frocksdbjni-",
          "slf4j-",
          "commons-",
          "kryo-",
          "minlog-",
          "objenesis-",
          "chill-java-",
          "javassist-",
          "jsr305-",
          "snappy-java-",
          "lz4-java-");

  private static final List<String> OPENED =
      List.of(
          "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private final Path folder;
  private final int slotsEach;
  private final int restPort;
  private final int[] metricPorts;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private int started;

  private FlinkCluster(
      Path folder,
      int slotsEach,
      int restPort,
      int[] metricPorts,
      Map<String, String> environment) {
    this.folder = folder;
    this.slotsEach = slotsEach;
    this.restPort = restPort;
    this.metricPorts = metricPorts;
    this.environment = environment;
  }

  /**
   * Starts a cluster and waits until its TaskManagers have registered.
   *
   * @param folder for its configuration, logs, checkpoints and savepoints
   * @param taskManagers how many
   * @param slotsEach how many parallel parts of a job a TaskManager takes
   */
  public static FlinkCluster start(Path folder, int taskManagers, int slotsEach)
      throws IOException {
    return start(folder, taskManagers, slotsEach, Map.of());
  }

  /** Starts a cluster whose processes have these variables in addition. */
  public static FlinkCluster start(
      Path folder, int taskManagers, int slotsEach, Map<String, String> environment)
      throws IOException {
    int[] ports = freePorts(4 + taskManagers);
    FlinkCluster cluster =
        new FlinkCluster(
            folder, slotsEach, ports[0], Arrays.copyOfRange(ports, 2, ports.length), environment);
    boolean ready = false;
    try {
      cluster.configure(ports[1], taskManagers * slotsEach);
      cluster.startJobManager();
      for (int i = 1; i <= taskManagers; i++) {
        cluster.startTaskManager(i);
      }
      cluster.awaitTaskManagers(taskManagers);
      ready = true;
      return cluster;
    } finally {
      if (!ready) {
        cluster.close();
      }
    }
  }

  private static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    int[] ports = new int[count];
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports[i] = socket.getLocalPort();
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  private void configure(int rpcPort, int parallelism) throws IOException {
    for (String child : List.of("conf", "log", "tmp", "checkpoints", "savepoints")) {
      Files.createDirectories(folder.resolve(child));
    }
    Map<String, String> settings = new TreeMap<>();
    settings.put("jobmanager.rpc.address", "localhost");
    settings.put("jobmanager.rpc.port", String.valueOf(rpcPort));
    settings.put("jobmanager.bind-host", "127.0.0.1");
    settings.put("jobmanager.memory.process.size", "1100m");
    settings.put("taskmanager.bind-host", "127.0.0.1");
    settings.put("taskmanager.host", "localhost");
    settings.put("taskmanager.numberOfTaskSlots", String.valueOf(slotsEach));
    settings.put("metrics.reporters", "prom");
    settings.put(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.put(
        "metrics.reporter.prom.port",
        Arrays.stream(metricPorts).mapToObj(String::valueOf).collect(Collectors.joining(",")));
    settings.put("parallelism.default", String.valueOf(parallelism));
    settings.put("rest.address", "localhost");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("rest.port", String.valueOf(restPort));
    settings.put("state.backend.type", "rocksdb");
    settings.put("state.backend.incremental", "true");
    settings.put("state.checkpoints.dir", checkpoints().toUri().toString());
    settings.put("state.savepoints.dir", folder.resolve("savepoints").toUri().toString());
    settings.put("io.tmp.dirs", folder.resolve("tmp").toString());
    settings.put("web.tmpdir", folder.resolve("tmp").toString());
    // A TaskManager that starts many tasks on a busy machine answers late (10 s unless set).
    settings.put("pekko.ask.timeout", "60 s");
    // A killed process is noticed soon, for it answers no call; one that a busy machine keeps
    // waiting is left in peace.
    settings.put("heartbeat.interval", "1000");
    settings.put("heartbeat.rpc-failure-threshold", "2");
    settings.put("heartbeat.timeout", "60000");
    Files.writeString(
        folder.resolve("conf/flink-conf.yaml"),
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  /** Returns the metrics of all processes in Prometheus' text format. */
  private String metrics() {
    StringBuilder text = new StringBuilder();
    for (int port : metricPorts) {
      HttpRequest scrape =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build();
      try {
        text.append(http.send(scrape, BodyHandlers.ofString()).body());
      } catch (IOException e) {
        // No process has this port now: there is one more than processes.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  /** Returns the address to submit jobs to, such as {@code localhost:12345}. */
  public String master() {
    return "localhost:" + restPort;
  }

  /** Returns where the cluster's jobs keep their checkpoints unless they say otherwise. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** Starts the JobManager, under the same address as before. */
  public void startJobManager() {
    start(
        "jobmanager",
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        List.of("-Xmx512m"),
        List.of("-D", "jobmanager.memory.heap.size=512m"));
    await("the JobManager's answer", () -> request("GET", "/overview", null).isPresent());
  }

  /** Starts a TaskManager; it need not have registered when this returns. */
  public void startTaskManager(int number) {
    // The sizes that Flink's own scripts would compute from taskmanager.memory.process.size.
    List<String> sizes = new ArrayList<>();
    for (String size :
        List.of(
            "resource-id=tm" + number,
            "memory.task.heap.size=512m",
            "memory.framework.heap.size=128m",
            "memory.managed.size=192m",
            "memory.network.min=256m",
            "memory.network.max=256m",
            "memory.task.off-heap.size=64m",
            "memory.framework.off-heap.size=128m",
            "memory.jvm-overhead.min=192m",
            "memory.jvm-overhead.max=192m",
            "memory.jvm-metaspace.size=256m",
            "memory.process.size=1728m")) {
      sizes.addAll(List.of("-D", "taskmanager." + size));
    }
    sizes.addAll(List.of("-D", "taskmanager.cpu.cores=1.0"));
    start(
        taskManager(number),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        List.of("-Xmx640m", "-XX:MaxDirectMemorySize=448m"),
        sizes);
  }

  private static String taskManager(int number) {
    return "taskmanager-" + number;
  }

  private void start(String name, String main, List<String> memory, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory);
    if (!Nightly.runs()) {
      // Few records: compiling for many takes longer than they do.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.showDateTime=true"));
    command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");
    command.addAll(OPENED);
    command.addAll(List.of(main, "--configDir", folder.resolve("conf").toString()));
    command.addAll(arguments);
    started++;
    File log = folder.resolve("log/%02d-%s.log".formatted(started, name)).toFile();
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    process.environment().put("CLASSPATH", classPath());
    process.environment().putAll(environment);
    process.environment().put("FLINK_PLUGINS_DIR", folder.resolve("plugins").toString());
    try {
      processes.put(name, process.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> isOfDistribution(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOfDistribution(String jar) {
    return jar.endsWith(".jar") && DISTRIBUTION.stream().anyMatch(jar::startsWith);
  }

  /** Waits until that many TaskManagers have registered. */
  public void awaitTaskManagers(int count) {
    await(
        count + " TaskManagers",
        () ->
            request("GET", "/overview", null)
                .filter(overview -> overview.path("taskmanagers").asInt() == count)
                .isPresent());
  }

  /** Kills a TaskManager as {@code kill -9} does. */
  public void killTaskManager(int number) {
    kill(taskManager(number));
  }

  /** Kills the JobManager as {@code kill -9} does: its jobs are gone, their checkpoints are not. */
  public void killJobManager() {
    kill("jobmanager");
  }

  private void kill(String name) {
    Process process = processes.remove(name);
    if (process == null) {
      throw new IllegalStateException("no " + name + " runs");
    }
    kill(process);
  }

  private static void kill(Process process) {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the id of the newest job of that name's beginning, once there is one. */
  public String awaitJob(String namePrefix) {
    return awaitValue(
        "a job named " + namePrefix + "…",
        () -> {
          String newest = null;
          long newestStart = Long.MIN_VALUE;
          for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().startsWith(namePrefix)
                && job.path("start-time").asLong() > newestStart) {
              newest = job.path("jid").asText();
              newestStart = job.path("start-time").asLong();
            }
          }
          return Optional.ofNullable(newest);
        });
  }

  /** Returns a job's state, such as {@code RUNNING}, whatever its tasks do. */
  public String state(String job) {
    return get("/jobs/" + job).path("state").asText();
  }

  /** Waits until a job and all its tasks run. */
  public void awaitRunning(String job) {
    await(
        "job " + job + " running",
        () -> {
          JsonNode details = get("/jobs/" + job);
          boolean running = details.path("state").asText().equals("RUNNING");
          for (JsonNode vertex : details.path("vertices")) {
            running &= vertex.path("status").asText().equals("RUNNING");
          }
          return running;
        });
  }

  /** Waits for a job's state. */
  public void awaitState(String job, String state) {
    await("job " + job + " " + state, () -> state(job).equals(state));
  }

  /** Returns how many checkpoints a job has completed. */
  public long completedCheckpoints(String job) {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
  }

  /** Waits until a process reports a metric to Prometheus. */
  public void awaitMetric(String name) {
    await("the metric " + name, () -> metrics().contains("\n" + name));
  }

  /** Waits until a job has completed more checkpoints than it has now. */
  public void awaitCheckpoint(String job) {
    long before = completedCheckpoints(job);
    await("a checkpoint of job " + job, () -> completedCheckpoints(job) > before);
  }

  /** Returns the bytes of a job's newest checkpoint: the size of its state. */
  public long stateBytes(String job) {
    return get("/jobs/" + job + "/checkpoints")
        .path("latest")
        .path("completed")
        .path("state_size")
        .asLong();
  }

  /** Returns how often a job has gone on from a checkpoint. */
  public long restarts(String job) {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("restored").asLong();
  }

  /** Waits until a job has gone on from a checkpoint more often than before. */
  public void awaitRestart(String job, long before) {
    await("a restart of job " + job, () -> restarts(job) > before);
  }

  /**
   * Stops a job with a savepoint, as an upgrade does.
   *
   * @return where the savepoint is
   */
  public Path stopWithSavepoint(String job) {
    return stop(job, false);
  }

  /**
   * Stops a job with a savepoint after its time has been brought to its end: every window closes.
   *
   * @return where the savepoint is
   */
  public Path drain(String job) {
    return stop(job, true);
  }

  // A savepoint fails if a task ends or is started again just then: a reader without a part of its
  // source ends soon after the start. The job then goes on from its checkpoint, and whoever asked
  // asks again when it makes checkpoints again.
  private Path stop(String job, boolean drain) {
    Optional<Path> savepoint = Optional.empty();
    for (int attempt = 0; attempt < SAVEPOINT_ATTEMPTS && savepoint.isEmpty(); attempt++) {
      awaitRunning(job);
      awaitCheckpoint(job);
      savepoint = tryToStop(job, drain);
    }
    Path location =
        savepoint.orElseThrow(
            () -> new AssertionError("no savepoint of job " + job + "\n" + logs()));
    awaitState(job, "FINISHED");
    return location;
  }

  private Optional<Path> tryToStop(String job, boolean drain) {
    String folderUri = folder.resolve("savepoints").toUri().toString();
    String trigger =
        post("/jobs/" + job + "/stop", Map.of("drain", drain, "targetDirectory", folderUri))
            .path("request-id")
            .asText();
    JsonNode operation =
        awaitValue(
            "the savepoint of job " + job,
            () -> {
              JsonNode answer = get("/jobs/" + job + "/savepoints/" + trigger);
              boolean completed = answer.path("status").path("id").asText().equals("COMPLETED");
              return completed ? Optional.of(answer.path("operation")) : Optional.empty();
            });
    return operation.has("failure-cause")
        ? Optional.empty()
        : Optional.of(Path.of(URI.create(operation.path("location").asText())));
  }

  /** Cancels a job. */
  public void cancel(String job) {
    if (request("PATCH", "/jobs/" + job + "?mode=cancel", "").isEmpty()) {
      throw new AssertionError("the cluster did not cancel job " + job);
    }
    awaitState(job, "CANCELED");
  }

  /** Returns what the processes have logged, for a test that failed. */
  public String logs() {
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        text.append("== ").append(file.getFileName()).append('\n');
        List<String> lines =
            new String(Files.readAllBytes(file), UTF_8)
                .lines()
                .filter(((Predicate<String>) String::isBlank).negate())
                .toList();
        lines.stream()
            .skip(Math.max(0, lines.size() - 60))
            .forEach(line -> text.append(line).append('\n'));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode get(String path) {
    return request("GET", path, null).orElse(JSON.createObjectNode());
  }

  private JsonNode post(String path, Map<String, ?> body) {
    try {
      return request("POST", path, JSON.writeValueAsString(body))
          .orElseThrow(() -> new AssertionError("the cluster did not take " + path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the answer; nothing if the JobManager is not there or refuses. */
  private Optional<JsonNode> request(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + master() + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2
          ? Optional.of(JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await(String what, BooleanSupplier condition) {
    awaitValue(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  private <T> T awaitValue(String what, Supplier<Optional<T>> value) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found.get();
      }
      processes.forEach(
          (name, process) -> {
            if (!process.isAlive()) {
              throw new AssertionError(name + " ended while waiting for " + what + "\n" + logs());
            }
          });
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited for " + what + " in vain\n" + logs());
      }
      AutopulseJar.pause(100);
    }
  }

  /** Kills every process. */
  @Override
  public void close() {
    processes.values().forEach(FlinkCluster::kill);
    processes.clear();
  }
}
