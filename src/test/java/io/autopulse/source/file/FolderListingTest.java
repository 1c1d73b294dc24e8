package io.autopulse.source.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("2024/05"));
    Files.createDirectories(folder.resolve("2025"));
    for (String name :
        List.of(
            "a.csv",
            "b[1].csv",
            ".c.csv",
            "_d.csv",
            "e.csv.part",
            "2024/f.csv",
            "2024/05/g.csv",
            "2025/h.tmp")) {
      Files.writeString(folder.resolve(name), "id\n");
    }
  }

  private List<String> names(String pattern) throws IOException {
    return FolderListing.of(folder + pattern).stream()
        .map(file -> folder.relativize(Path.of(file.path())).toString())
        .toList();
  }

  @Test
  void patternsMeanWhatTheyDoElsewhere() throws Exception {
    assertThat(names("/*"), containsInAnyOrder("a.csv", "b[1].csv"));
    assertThat(names("/*/*.csv"), contains("2024/f.csv"));
    assertThat(names("/20??/**.csv"), containsInAnyOrder("2024/f.csv", "2024/05/g.csv"));
    assertThat(names("/{a,2024/05/g}.csv"), containsInAnyOrder("a.csv", "2024/05/g.csv"));
    assertThat(names("/2024/../*.csv"), containsInAnyOrder("a.csv", "b[1].csv"));
    assertThat(names("/./a.csv"), contains("a.csv"));
  }

  @Test
  void nameOfAFileIsThatFile() throws Exception {
    assertThat(names("/b[1].csv"), contains("b[1].csv"));
    assertThat("asked for by its name", names("/_d.csv"), contains("_d.csv"));
    assertThat(
        FolderListing.of("file:" + folder + "/a.csv").get(0).path(),
        is(folder.resolve("a.csv").toString()));
  }

  @Test
  void absentFolderIsAnError() {
    assertThrows(NoSuchFileException.class, () -> FolderListing.of(folder + "/none/*.csv"));
  }
}
