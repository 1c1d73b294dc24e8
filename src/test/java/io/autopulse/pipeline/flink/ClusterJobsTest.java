package io.autopulse.pipeline.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ClusterJobsTest {
  @Test
  void jobThatTheClusterRunsIsNotSubmittedAgain() throws IOException {
    String jobs =
        """
        {"jobs": [
          {"jid": "a1", "name": "live-sales-r20261128-101505-af3fec", "state": "FINISHED"},
          {"jid": "b2", "name": "live-sales-north-r20261128-101505-af3fec", "state": "RUNNING"},
          {"jid": "c3", "name": "live-market-r20261128-101505-af3fec", "state": "RESTARTING"}
        ]}
        """;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jobs/overview",
        exchange -> {
          byte[] body = jobs.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String master = "127.0.0.1:" + server.getAddress().getPort();
      ClusterJobs.requireFree(master, "live-sales");

      InputException refused =
          assertThrows(InputException.class, () -> ClusterJobs.requireFree(master, "live-market"));
      assertThat(
          refused.getMessage(),
          is(
              master
                  + ": the cluster runs live-market already: job c3 is RESTARTING. Stop it with a savepoint first (docs/runbooks/live-sales.md)"));
    } finally {
      server.stop(0);
    }
    // Nobody answers there any more: the submission reports that.
    ClusterJobs.requireFree("127.0.0.1:" + server.getAddress().getPort(), "live-market");
  }
}
