package io.autopulse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka broker and controller on the loopback interface, a process of its own. It is killed as
 * {@code kill -9} does and started again under the same address with the same data.
 */
public final class KafkaServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final Path settings;
  private final String address;
  private final Map<String, Object> client;
  private Process process;
  private int started;

  private KafkaServer(Path folder, Path settings, String address, Map<String, String> client)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.address = address;
    this.client = new HashMap<>(client);
    this.client.put("bootstrap.servers", address);
    process = launch();
  }

  /** Starts a broker that keeps its data in the folder, and waits until it answers. */
  public static KafkaServer start(Path folder) throws Exception {
    return start(folder, "PLAINTEXT", Map.of(), Map.of());
  }

  /** Starts a broker that asks each client for this name and password. */
  public static KafkaServer startSecured(Path folder, String name, String password)
      throws Exception {
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%1$s\" password=\"%2$s\""
            .formatted(name, password);
    return start(
        folder,
        "SASL_PLAINTEXT",
        Map.of(
            "sasl.enabled.mechanisms", "PLAIN",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "listener.name.clients.plain.sasl.jaas.config",
                login + " user_%s=\"%s\";".formatted(name, password)),
        clientProperties(login + ";"));
  }

  /** Returns what a client of a secured broker needs to be let in. */
  private static Map<String, String> clientProperties(String login) {
    return Map.of(
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "PLAIN",
        "sasl.jaas.config", login);
  }

  private static KafkaServer start(
      Path folder, String protocol, Map<String, String> security, Map<String, String> client)
      throws Exception {
    Files.createDirectories(folder);
    int[] ports = freePorts();
    String broker = "127.0.0.1:" + ports[0];
    String controller = "127.0.0.1:" + ports[1];
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@" + controller),
            Map.entry("listeners", "CLIENTS://" + broker + ",CONTROLLER://" + controller),
            Map.entry("advertised.listeners", "CLIENTS://" + broker),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry(
                "listener.security.protocol.map", "CLIENTS:" + protocol + ",CONTROLLER:PLAINTEXT"),
            Map.entry("inter.broker.listener.name", "CLIENTS"),
            Map.entry("log.dirs", folder.resolve("data").toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0")));
    properties.putAll(security);
    Path settings = folder.resolve("server.properties");
    try (var writer = Files.newBufferedWriter(settings)) {
      properties.store(writer, null);
    }
    format(settings);
    KafkaServer server = new KafkaServer(folder, settings, broker, client);
    server.awaitAnswer();
    return server;
  }

  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }

  private static void format(Path settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int exit =
        StorageTool.execute(
            new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()},
            new PrintStream(said, true, UTF_8));
    if (exit != 0) {
      throw new IllegalStateException(said.toString(UTF_8));
    }
  }

  private static ProcessBuilder java(Path folder, String log, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    command.add(main);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile());
    builder.environment().put("CLASSPATH", jars());
    return builder;
  }

  private static String jars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Process launch() throws IOException {
    started++;
    return java(folder, "broker-" + started + ".log", "kafka.Kafka", List.of(settings.toString()))
        .start();
  }

  /** Returns {@code HOST:PORT}. */
  public String address() {
    return address;
  }

  /** Writes the properties that a client needs beside the address. */
  public Path writeClientProperties(Path file) throws IOException {
    Properties properties = new Properties();
    client.forEach((key, value) -> properties.setProperty(key, value.toString()));
    properties.remove("bootstrap.servers");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  /** Returns how many messages of a topic a group has committed, over all partitions. */
  public long committed(String group, String topic) throws Exception {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .filter(e -> e.getKey().topic().equals(topic))
          .mapToLong(e -> e.getValue().offset())
          .sum();
    }
  }

  /** Makes a topic. */
  public void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Deletes every topic that clients have made, and waits until none is left. */
  void deleteTopics() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(topics(admin)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      while (!topics(admin).isEmpty()) {
        AutopulseJar.pause(20);
      }
    }
  }

  private static Set<String> topics(Admin admin) throws Exception {
    return admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns whether the broker's process runs. */
  boolean runs() {
    return process.isAlive();
  }

  /** Returns a producer that sends nothing twice, and waits for a broker that is away. */
  public KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        with(Map.of("enable.idempotence", "true", "linger.ms", "5")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Returns all messages that a topic holds. */
  public List<byte[]> messages(String topic) {
    List<byte[]> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofSeconds(1)).forEach(message -> messages.add(message.value()));
      }
    }
    return messages;
  }

  /** Returns a client that changes topics. */
  public Admin admin() {
    return Admin.create(client);
  }

  private Map<String, Object> with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(client);
    all.putAll(settings);
    return all;
  }

  /** Kills the broker as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts the broker again after {@link #kill}, and waits until it answers. */
  public void restart() throws Exception {
    process = launch();
    awaitAnswer();
  }

  private void awaitAnswer() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Admin admin = admin()) {
        admin.describeCluster().nodes().get(5, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw new IllegalStateException(
              Files.readString(folder.resolve("broker-" + started + ".log")), e);
        }
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
