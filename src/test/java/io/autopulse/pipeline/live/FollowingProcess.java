package io.autopulse.pipeline.live;

import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.files.DroppedFiles;
import io.autopulse.sink.live.files.LiveLoader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Follows a live folder until its standard input ends or has a line; then says how many versions it
 * loaded.
 *
 * <p>Arguments: the database file and the live folder.
 */
final class FollowingProcess {
  private FollowingProcess() {}

  public static void main(String[] arguments) {
    LiveLoader loader =
        new DroppedFiles(new LiveFolder(Path.of(arguments[1]))).loader(Path.of(arguments[0]), "r1");
    loader.start();
    System.out.println("following");
    StopRequest stop = new StopRequest();
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.read();
              } catch (java.io.IOException e) {
                // The same as its end.
              }
              stop.request();
            });
    reader.setDaemon(true);
    reader.start();
    LiveLoad total =
        new FollowRun(loader.inAHurry(Duration.ofDays(1)), FollowListener.SILENT)
            .run(stop, LiveJob.ELSEWHERE);
    System.out.println(total.versions() + " versions");
  }
}
