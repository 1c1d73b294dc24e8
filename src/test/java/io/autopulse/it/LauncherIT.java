package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/autopulse}, with and without a class archive. */
class LauncherIT {
  @TempDir Path folder;

  @Test
  void archivedClassesAreNotReadAgain() throws IOException {
    Path jar = Files.createSymbolicLink(folder.resolve("autopulse.jar"), AutopulseJar.file());
    assertThat(classesLoaded(jar).contains("shared objects file (top)"), is(false));

    call(jar, "bin/class-archive", "").mustExit(0);
    assertThat(
        classesLoaded(jar),
        containsString("io.autopulse.cli.RunCommand source: shared objects file (top)"));

    // Another jar, or the archive at another place: Java would say so on its standard output.
    Path moved = Files.createDirectory(folder.resolve("moved"));
    Files.copy(AutopulseJar.file(), moved.resolve("autopulse.jar"));
    Path archive = Files.copy(folder.resolve("autopulse.jsa"), moved.resolve("autopulse.jsa"));
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(60)));
    Result version =
        call(moved.resolve("autopulse.jar"), "bin/autopulse", "", "--version").mustExit(0);
    assertThat(version.out(), startsWith("autopulse "));
  }

  private String classesLoaded(Path jar) {
    return call(jar, "bin/autopulse", "-Xlog:class+load", "--version").mustExit(0).out();
  }

  private Result call(Path jar, String program, String javaOptions, String... arguments) {
    Path launcher = Path.of(program).toAbsolutePath();
    List<String> command =
        Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList();
    return Call.start(
            command,
            command,
            folder,
            Map.of(
                "AUTOPULSE_JAR", jar.toString(),
                "AUTOPULSE_JAVA_OPTIONS", javaOptions,
                "JAVA_HOME", System.getProperty("java.home")))
        .await();
  }
}
