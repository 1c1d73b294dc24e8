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
  /** No file grows beyond this, in bytes. */
  private static final int LIMIT = 8_192;

  /** Copies the list. */
  FullDisk {
    launcher = List.copyOf(launcher);
  }

  /** One that {@link #fill} makes full: any user can, on any machine. */
  static FullDisk later() {
    return new FullDisk(List.of(), "File too large");
  }

  /**
   * A small file system in a folder, which nobody else sees and which goes with the process. Where
   * this user may mount none, as in most containers, one that {@link #fill} makes full.
   *
   * @param kibibytes its size
   */
  static FullDisk in(Path folder, int kibibytes) throws InterruptedException {
    List<String> mounted =
        new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
    mounted.addAll(
        List.of(
            "bash",
            "-ec",
            "mount -t tmpfs -o size=%dk tmpfs \"$1\"; shift; exec \"$@\"".formatted(kibibytes),
            "bash",
            folder.toString()));
    List<String> nothing = new ArrayList<>(mounted);
    nothing.add("true");
    return succeeds(nothing) ? new FullDisk(mounted, "No space left on device") : later();
  }

  /** Takes the room away from running processes, unless the disk was small from the beginning. */
  void fill(List<ProcessHandle> processes) throws InterruptedException {
    if (launcher.isEmpty()) {
      for (ProcessHandle process : processes) {
        String pid = String.valueOf(process.pid());
        if (!succeeds(List.of("prlimit", "--pid", pid, "--fsize=" + LIMIT))) {
          throw new IllegalStateException("prlimit of util-linux must be there");
        }
      }
    }
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
