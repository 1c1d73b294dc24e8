package io.autopulse.operations.health;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives the text of an alert to a command such as {@code mail}, on its standard input.
 *
 * @param command its words; {@code {subject}} is the alert's line
 */
record MailCommand(List<String> command) implements AlertChannel {
  private static final int PATIENCE_SECONDS = 60;

  MailCommand {
    command = List.copyOf(command);
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void send(Alert alert) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                command.stream().map(word -> word.replace("{subject}", alert.subject())).toList())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      try (OutputStream input = process.getOutputStream()) {
        input.write(alert.text().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // A command that does not read its input says by its exit code whether it minds.
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.get(0) + " has not ended within " + PATIENCE_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(command.get(0) + " ended with exit code " + process.exitValue());
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
