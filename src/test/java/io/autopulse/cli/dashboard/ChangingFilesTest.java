package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.problem.InputException;
import io.autopulse.web.access.Roles;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingFilesTest {
  private static final String TWO =
      """
      header: X-Forwarded-User
      roles:
        north: {regions: [North]}
      users:
        anna: {roles: [north]}
        ben: {roles: [north]}
      """;

  @TempDir private Path directory;

  private final List<String> said = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  @Test
  void whoIsTakenOutAndWhatIsWrittenIsTakenAtTheNextLook() throws IOException {
    Path roles = Files.writeString(directory.resolve("roles.yaml"), TWO);
    Path notes = Files.writeString(directory.resolve("notes.yaml"), "notes: []\n");
    try (ChangingFiles files =
        new ChangingFiles(Optional.of(roles), Optional.of(notes), said::add)) {
      files.look(this::take);
      assertThat("nothing has changed", users, empty());

      Files.writeString(roles, TWO.replace("  ben: {roles: [north]}\n", ""));
      Files.writeString(notes, "notes:\n  - {date: 2024-05-01, text: {en: Strike}}\n");
      files.look(this::take);
      assertThat(users, contains("[anna]"));
      assertThat(texts, contains("Strike"));
      files.look(this::take);
      assertThat("it is told once", users.size(), is(1));
    }
  }

  @Test
  void fileThatCannotBeReadOrServedLeavesWhatWas() throws IOException {
    Path roles = Files.writeString(directory.resolve("roles.yaml"), TWO);
    try (ChangingFiles files = new ChangingFiles(Optional.of(roles), Optional.empty(), said::add)) {
      Files.writeString(roles, TWO.replace("[north]", "[south]"));
      files.look(this::take);
      Files.delete(roles);
      files.look(this::take);
      assertThat(users, empty());
      assertThat(
          said, contains(containsString("stay as they were"), containsString("stay as they were")));

      Files.writeString(roles, TWO);
      files.look(
          (refused, unused) -> {
            throw new InputException("--roles", "names no header", "");
          });
      assertThat(said.get(2), containsString("names no header"));
      Files.writeString(roles, TWO + "# mended\n");
      files.look(this::take);
      assertThat(users, contains("[anna, ben]"));
    }
  }

  private void take(Optional<Roles> roles, List<Note> notes) {
    users.add(roles.map(all -> all.users().keySet().toString()).orElse(""));
    notes.forEach(note -> texts.add(note.in(Language.EN)));
  }
}
