package io.autopulse.pipeline.runner;

import java.util.Map;

/**
 * How much memory an embedded Flink takes for the buffers between its workers, beside the Java
 * heap. Each worker of a step has buffers for every worker of the next one, so the number grows
 * with the square of the workers; with too few, a job does not start ("Insufficient number of
 * network buffers").
 */
final class NetworkMemory {
  private static final String LEAST = "taskmanager.memory.network.min";
  private static final String MOST = "taskmanager.memory.network.max";

  /** Steps of a job that exchange records at the same time; a refresh of all feeds has fewer. */
  private static final long EXCHANGES = 16;

  private static final long BUFFER_KIB = 32;
  private static final long LEAST_MIB = 64;

  private NetworkMemory() {}

  /**
   * Returns Flink's settings for a number of workers.
   *
   * @see <a
   *     href="https://nightlies.apache.org/flink/flink-docs-release-1.19/docs/deployment/memory/network_mem_tuning/">Flink's
   *     network memory: two buffers a channel and one a gate to read, one a channel and one to
   *     write</a>
   */
  static Map<String, String> of(int workers) {
    long buffers = EXCHANGES * workers * (3L * workers + 2);
    long mib = Math.max(LEAST_MIB, (buffers * BUFFER_KIB + 1023) / 1024);
    return Map.of(LEAST, mib + "m", MOST, mib + "m");
  }

  /** Tells whether a configuration says it itself. */
  static boolean isIn(Map<String, String> configuration) {
    return configuration.keySet().stream()
        .anyMatch(key -> key.startsWith("taskmanager.memory.network."));
  }
}
