package io.autopulse.source.topic;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for a topic, so that a job is not started in vain. */
public final class TopicCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TopicCheck() {}

  /**
   * Makes sure that a topic is there.
   *
   * @param place where the topic is named, for the message
   * @throws InputException if the topic does not exist, no broker answers within 10 seconds or the
   *     properties are not Kafka's
   */
  public static void require(FollowTopic.Topic topic, String place) {
    Map<String, Object> settings = TopicConsumers.connection(topic);
    settings.put("request.timeout.ms", String.valueOf(PATIENCE.toMillis() / 2));
    settings.put("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
    try (Admin admin = Admin.create(settings)) {
      admin
          .describeTopics(List.of(topic.name()))
          .allTopicNames()
          .get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw problem(topic, place, e);
    }
  }

  private static InputException problem(FollowTopic.Topic topic, String place, Exception e) {
    List<Throwable> causes = chain(e);
    if (causes.stream().anyMatch(UnknownTopicOrPartitionException.class::isInstance)) {
      return new InputException(
          place + ".topic",
          "there is no topic " + topic.name() + " at " + topic.bootstrapServers(),
          "Create it, or check its name");
    }
    if (e instanceof TimeoutException
        || causes.stream()
            .anyMatch(org.apache.kafka.common.errors.TimeoutException.class::isInstance)) {
      return new TransientException(
          place + ".bootstrap_servers",
          "no broker answers at " + topic.bootstrapServers(),
          "Start Kafka or correct the address; a secured listener needs properties_file");
    }
    return new InputException(
        place,
        "Kafka refuses: " + causes.get(causes.size() - 1).getMessage(),
        "Check bootstrap_servers and properties_file");
  }

  private static List<Throwable> chain(Throwable e) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
