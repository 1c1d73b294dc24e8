package io.autopulse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of the benchmarks are compiled when they are run, long after what they call changed.
 */
class BenchmarksTest {
  @TempDir Path classes;

  @Test
  void programsOfTheBenchmarksCompile() throws IOException {
    List<Path> programs;
    try (Stream<Path> files = Files.walk(Path.of("benchmarks"), 2)) {
      programs = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(programs.size(), is(greaterThan(2)));

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(programs))
              .call();
      assertThat(said.toString(), compiled, is(true));
    }
  }
}
