package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.web.access.Roles;
import io.autopulse.web.state.Note;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of roles and notes while a dashboard is served: whoever leaves the company is taken out
 * of the file, and sees nothing from then on. A file that cannot be read leaves what was read
 * before.
 */
final class ChangingFiles implements Closeable {
  private final Optional<Path> roles;
  private final Optional<Path> notes;
  private final Consumer<String> notice;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "look-at-files");
            thread.setDaemon(true);
            return thread;
          });
  private byte @Nullable [] rolesRead;
  private byte @Nullable [] notesRead;

  /** Takes what the files say. */
  interface Taker {
    /**
     * Takes it.
     *
     * @throws InputException if it cannot be served so
     */
    void take(Optional<Roles> roles, List<Note> notes);
  }

  /**
   * Reads the files for the first time.
   *
   * @param roles of users; empty for none
   * @param notes for charts; empty for none
   * @param notice told what was read, and what could not be
   */
  ChangingFiles(Optional<Path> roles, Optional<Path> notes, Consumer<String> notice) {
    this.roles = roles;
    this.notes = notes;
    this.notice = notice;
    rolesRead = bytes(roles);
    notesRead = bytes(notes);
  }

  private static byte @Nullable [] bytes(Optional<Path> file) {
    try {
      return file.isPresent() ? Files.readAllBytes(file.get()) : null;
    } catch (IOException e) {
      // Its reader says what is wrong with it.
      return null;
    }
  }

  /**
   * Returns the users of the file.
   *
   * @throws InputException if it cannot be read
   */
  Optional<Roles> roles() {
    return roles.map(RolesFileReader::read);
  }

  /**
   * Returns the notes of the file.
   *
   * @throws InputException if it cannot be read
   */
  List<Note> notes() {
    return notes.map(NotesFile::read).orElse(List.of());
  }

  /** Looks each second whether a file has changed, until this is closed. */
  void tell(Taker taker) {
    if (roles.isPresent() || notes.isPresent()) {
      ScheduledFuture<?> unused =
          looks.scheduleWithFixedDelay(() -> look(taker), 1, 1, TimeUnit.SECONDS);
    }
  }

  /** Looks once. */
  void look(Taker taker) {
    byte[] rolesNow = bytes(roles);
    byte[] notesNow = bytes(notes);
    if (Arrays.equals(rolesNow, rolesRead) && Arrays.equals(notesNow, notesRead)) {
      return;
    }
    rolesRead = rolesNow;
    notesRead = notesNow;
    try {
      taker.take(roles(), notes());
      notice.accept("Roles and notes are read anew.");
    } catch (RuntimeException e) {
      // A look that throws would be the last.
      notice.accept("Roles and notes stay as they were: " + InputException.reason(e));
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
