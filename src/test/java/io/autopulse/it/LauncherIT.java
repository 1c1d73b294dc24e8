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
import java.util.HashMap;
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
    Path jar = AutopulseJar.file();
    Path alone = Files.createSymbolicLink(folder.resolve("autopulse.jar"), jar);
    assertThat(classesLoaded(alone).contains("shared objects file (top)"), is(false));

    // Of bin/class-archive, beside the jar.
    Path made = AutopulseJar.archive();
    assertThat(
        classesLoaded(jar),
        containsString("io.autopulse.cli.RunCommand source: shared objects file (top)"));

    // Another jar, or the archive at another place: Java would say so on its standard output.
    Path moved = Files.createDirectory(folder.resolve("moved"));
    Files.copy(jar, moved.resolve("autopulse.jar"));
    Path archive = Files.copy(made, moved.resolve("autopulse.jsa"));
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(60)));
    Result version =
        call(moved.resolve("autopulse.jar"), "bin/autopulse", "", "--version").mustExit(0);
    assertThat(version.out(), startsWith("autopulse "));
  }

  @Test
  void filesOfEveryNameAreReadWithoutALocaleOrTheCallIsRefused() throws IOException {
    Path jar = AutopulseJar.file();
    Files.writeString(
        folder.resolve("verkäufe.csv"),
        "sale_id,status,sold_at,net_price,make\n1,SOLD,2024-05-02,9,ŠKODA\n");
    Files.writeString(
        folder.resolve("m.yaml"),
        """
        job: umlauts
        timezone: Europe/Paris
        currency: EUR
        lookback: all
        warehouse: duckdb:w.duckdb
        feeds:
          sales:
            from: {type: csv, path: "*.csv"}
        """);
    Map<String, String> posix = Map.of("LC_ALL", "C", "LANG", "C");

    call(posix, jar, "bin/autopulse", "", "run", "m.yaml", "--runner-config", "direct").mustExit(0);
    String query = "select sale_id, make from sales";
    assertThat(
        call(
                posix,
                jar,
                "bin/autopulse",
                "",
                "sql",
                query,
                "--warehouse=duckdb:w.duckdb",
                "--format=csv")
            .mustExit(0)
            .out(),
        is("sale_id,make\r\n1,ŠKODA\r\n"));

    AutopulseJar plain = AutopulseJar.plain(folder).with(posix);
    assertThat(
        plain.run("run", "m.yaml", "--runner-config", "direct").mustExit(2).err(),
        containsString("Start with bin/autopulse, or set LC_ALL=C.UTF-8"));
    assertThat(plain.run("--version").mustExit(0).out(), startsWith("autopulse "));
  }

  private String classesLoaded(Path jar) {
    return call(jar, "bin/autopulse", "-Xlog:class+load", "--version").mustExit(0).out();
  }

  private Result call(Path jar, String program, String javaOptions, String... arguments) {
    return call(Map.of(), jar, program, javaOptions, arguments);
  }

  private Result call(
      Map<String, String> locale,
      Path jar,
      String program,
      String javaOptions,
      String... arguments) {
    Path launcher = Path.of(program).toAbsolutePath();
    List<String> command =
        Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList();
    Map<String, String> variables = new HashMap<>(locale);
    variables.put("AUTOPULSE_JAR", jar.toString());
    variables.put("AUTOPULSE_JAVA_OPTIONS", javaOptions);
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    return Call.start(command, command, folder, variables).await();
  }
}
