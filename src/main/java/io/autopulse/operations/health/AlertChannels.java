package io.autopulse.operations.health;

import io.autopulse.operations.health.HealthConfig.AlertSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The channels that a configuration names. */
final class AlertChannels {
  private AlertChannels() {}

  /**
   * Returns them.
   *
   * @param environment has the webhook's URL and token
   * @throws io.autopulse.domain.problem.InputException if the URL is none that may be used
   */
  static List<AlertChannel> of(AlertSettings settings, Map<String, String> environment) {
    List<AlertChannel> channels = new ArrayList<>();
    settings
        .webhook()
        .flatMap(webhook -> Webhook.of(webhook, environment))
        .ifPresent(channels::add);
    settings.mail().map(MailCommand::new).ifPresent(channels::add);
    settings.file().map(AlertFile::new).ifPresent(channels::add);
    return channels;
  }

  /** Appends the alert to a file, a line of JSON each. */
  private record AlertFile(Path file) implements AlertChannel {
    @Override
    public String name() {
      return "file";
    }

    @Override
    public void send(Alert alert) throws IOException {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          file,
          alert.json() + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
