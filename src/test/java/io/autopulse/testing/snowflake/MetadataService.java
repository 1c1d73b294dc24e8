package io.autopulse.testing.snowflake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands where clients of AWS look for the metadata service of the machine, and counts who asks: a
 * process that is not in AWS, and was not told to, asks nobody.
 */
public final class MetadataService implements AutoCloseable {
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();

  private MetadataService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(NOT_FOUND, -1);
          exchange.close();
        });
    server.start();
  }

  /** Starts a service that knows nothing. */
  public static MetadataService start() throws IOException {
    return new MetadataService();
  }

  /** Returns the variables by which a process finds it. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns how many calls came. */
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
