package io.autopulse.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are slow to start: one of each for all classes of a test JVM, started for the first
 * that asks. They end with the JVM, not by JUnit's root store: Maven runs each class of a fork as a
 * run of its own, whose store ends with the class.
 */
public final class SharedServers {
  private static @Nullable KafkaServer kafka;

  private SharedServers() {}

  /** Returns a broker without any topic. */
  public static synchronized KafkaServer kafka() throws Exception {
    KafkaServer server = kafka;
    if (server == null || !server.runs()) {
      Path folder = Files.createTempDirectory("kafka");
      server = KafkaServer.start(folder);
      kafka = server;
      endWithThisJvm(server, folder);
    }
    server.deleteTopics();
    return server;
  }

  private static void endWithThisJvm(AutoCloseable server, Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    server.close();
                    PythonEnvironment.delete(folder);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }
}
