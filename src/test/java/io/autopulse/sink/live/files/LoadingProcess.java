package io.autopulse.sink.live.files;

import io.autopulse.sink.live.LiveFolder;
import io.autopulse.warehouse.StatementListener;
import java.nio.file.Path;

/**
 * Loads the files of a live folder until none waits, and dies without a word before a step.
 *
 * <p>Arguments: the database file, the live folder, the run id, and the step to die before, or
 * {@code none}.
 */
final class LoadingProcess {
  static final int KILLED = 137;

  private LoadingProcess() {}

  public static void main(String[] arguments) {
    String lastStep = arguments[3];
    StatementListener listener =
        step -> {
          if (step.equals(lastStep)) {
            Runtime.getRuntime().halt(KILLED);
          }
        };
    LiveLoader loader =
        new DroppedFiles(new LiveFolder(Path.of(arguments[1])))
            .loader(Path.of(arguments[0]), arguments[2], listener);
    loader.start();
    while (loader.hasWork()) {
      loader.load(LiveLoader.Look.AWAY);
    }
    loader.end();
  }
}
