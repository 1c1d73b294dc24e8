package io.autopulse.it.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk without room, for a child process and what that starts alone: real errors of the operating
 * system in the middle of writing.
 *
 * @param launcher starts a command on that disk
 * @param says what the operating system calls it
 */
record FullDisk(List<String> launcher, String says) {
  /** Copies the list. */
  FullDisk {
    launcher = List.copyOf(launcher);
  }

  /** No file grows beyond a size: any user may limit that, on any machine. */
  static FullDisk filesUpTo(int kibibytes) {
    return new FullDisk(
        List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash"),
        "File too large");
  }

  /**
   * A small file system in a folder, which nobody else sees and which goes with the process. Where
   * no user may mount one, as in most containers, files are limited to its size.
   */
  static FullDisk in(Path folder, int kibibytes) throws InterruptedException {
    List<String> namespace = List.of("unshare", "--user", "--map-root-user", "--mount");
    String mount = "mount -t tmpfs -o size=" + kibibytes + "k tmpfs \"$1\"; shift; ";
    List<String> attempt = new ArrayList<>(namespace);
    attempt.addAll(List.of("bash", "-ec", mount, "bash", folder.toString()));
    if (succeeds(attempt)) {
      List<String> launcher = new ArrayList<>(namespace);
      launcher.addAll(List.of("bash", "-ec", mount + "exec \"$@\"", "bash", folder.toString()));
      return new FullDisk(launcher, "No space left on device");
    }
    return filesUpTo(kibibytes);
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      // There is no such program here.
      return false;
    }
  }
}
