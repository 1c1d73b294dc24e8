package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RundeckAccessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "https://rundeck.example.com, https://rundeck.example.com/api/41/",
    "https://rundeck.example.com/, https://rundeck.example.com/api/41/",
    "https://example.com/rundeck/, https://example.com/rundeck/api/41/",
    "http://127.0.0.1:4440/api/47, http://127.0.0.1:4440/api/47/"
  })
  void urlIsThatOfTheApi(String given, String url) {
    assertThat(new RundeckAccess(Map.of("RD_URL", given)).url(), is(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rundeck.example.com",
        "ftp://rundeck",
        "https:///x",
        "https://me:" + "mine@host",
        "a b"
      })
  void textThatIsNoUrlIsNotShown(String given) {
    InputException refusal =
        assertThrows(InputException.class, () -> new RundeckAccess(Map.of("RD_URL", given)).url());
    assertThat(refusal.getMessage(), containsString("RD_URL: is not the URL of a Rundeck"));
    assertThat(refusal.getMessage(), not(containsString("mine")));
  }

  @Test
  void fileIsReadEachTime() throws IOException {
    Path file = folder.resolve("token");
    RundeckAccess access = new RundeckAccess(Map.of("RD_TOKEN_FILE", file.toString()));
    Files.writeString(file, "first\n");
    assertThat(access.token(), is("first"));
    Files.writeString(file, "second");
    assertThat(access.token(), is("second"));
    Files.delete(file);
    assertThat(
        assertThrows(InputException.class, access::token).getMessage(),
        is("RD_TOKEN_FILE: there is no file " + file + ". Name a file that this user may read"));
  }

  @Test
  void variableAndFileAtOnceAreRefusedForOneOfThemIsOld() {
    RundeckAccess access =
        new RundeckAccess(Map.of("RD_TOKEN", "of-the-variable", "RD_TOKEN_FILE", "token"));
    assertThat(
        assertThrows(InputException.class, access::token).getMessage(),
        is("RD_TOKEN: it is set beside RD_TOKEN_FILE. Set one of them, and unset the other"));
  }

  @Test
  void whatIsMissingIsNamedWithItsFile() {
    InputException refusal =
        assertThrows(InputException.class, () -> new RundeckAccess(Map.of()).token());
    assertThat(
        refusal.getMessage(),
        is("RD_TOKEN: is not set. Set it, or RD_TOKEN_FILE to a file that holds it"));
  }

  @Test
  void tokenWithALineBreakInItIsNotSentNorShown() {
    InputException refusal =
        assertThrows(
            InputException.class, () -> new RundeckAccess(Map.of("RD_TOKEN", "abc\ndef")).token());
    assertThat(refusal.getMessage(), not(containsString("abc")));
  }
}
