package io.autopulse.warehouse.serving;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Transaction;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.table.CoreTable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The serving copies of a DuckDB file, in {@code <file>.serving}: a folder with a file of tables
 * for each copy, and a pointer that names the latest. A copy is written whole under another name,
 * then renamed, then pointed at; it never changes afterwards. So a reader sees one copy or the
 * next, whatever is killed when. The folder is there if somebody serves the warehouse: without it
 * nobody writes copies.
 */
public final class ServingFolder {
  /** Copies that stay, used or not: a reader that has just read the pointer finds its copy. */
  private static final int KEPT = 3;

  /** The file of tables of a copy; another name if it has other tables or columns. */
  static final String TABLES = "tables-" + version() + ".duckdb";

  private static final String POINTER = "current";
  private static final String READER = "reader";
  private static final String UNFINISHED = ".tmp";

  private final Path folder;

  private ServingFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns the folder of a DuckDB file, whether it is there or not. */
  public static ServingFolder of(Path database) {
    return at(Path.of(database.toAbsolutePath() + ".serving"));
  }

  /** Returns the copies in a folder. */
  public static ServingFolder at(Path folder) {
    return new ServingFolder(folder.toAbsolutePath());
  }

  /** Tells whether somebody serves the warehouse. */
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /** Returns the folder. */
  public Path path() {
    return folder;
  }

  /** Returns the name of the latest copy; empty if there is none that this program can read. */
  public Optional<String> current() throws IOException {
    try {
      String name = Files.readString(folder.resolve(POINTER)).strip();
      return !name.isEmpty() && isComplete(folder.resolve(name))
          ? Optional.of(name)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes a copy, points at it, and deletes old ones that nobody reads. Makes the folder if it is
   * absent.
   *
   * @param core a connection to the warehouse; all tables are read as of one moment
   * @param name the copy's name: that of the run after which it is written
   */
  public void write(Connection core, String name) throws SQLException, IOException {
    write(core, name, ServedTable::rows);
  }

  /**
   * Writes a copy as {@link #write(Connection, String)} does.
   *
   * @param rows the query that gives the rows of a file
   */
  void write(Connection core, String name, Function<ServedTable, String> rows)
      throws SQLException, IOException {
    Files.createDirectories(folder);
    Path copy = folder.resolve(name);
    if (!isComplete(copy)) {
      Path unfinished = folder.resolve(name + UNFINISHED);
      delete(unfinished);
      Files.createDirectory(unfinished);
      try {
        writeTables(core, unfinished, rows);
        delete(copy);
        move(unfinished, copy);
      } catch (SQLException | IOException | RuntimeException e) {
        delete(unfinished);
        throw e;
      }
    }
    Path pointer = folder.resolve(POINTER + UNFINISHED);
    Files.writeString(pointer, name + "\n");
    try (FileChannel written = FileChannel.open(pointer, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    move(pointer, folder.resolve(POINTER));
    deleteOld(name);
  }

  /** Tells whether a copy has all tables: one that an older program wrote may lack some. */
  private static boolean isComplete(Path copy) {
    return Files.exists(copy.resolve(TABLES));
  }

  /** Returns what changes with the tables of copies and with the columns of the core tables. */
  private static String version() {
    StringBuilder shape = new StringBuilder();
    for (ServedTable table : ServedTable.ALL) {
      shape.append(table.name()).append(' ').append(table.rows()).append('\n');
    }
    for (CoreTable table : CoreTable.values()) {
      shape.append(table).append(' ').append(table.columns()).append('\n');
    }
    CRC32 sum = new CRC32();
    sum.update(shape.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private static void writeTables(Connection core, Path target, Function<ServedTable, String> rows)
      throws SQLException {
    Session session = new Session(core, Map.of("core", Warehouse.SCHEMA, "copy", ServingCopy.FILE));
    session.execute(
        "attach " + quoted(target.resolve(TABLES)) + " as " + ServingCopy.FILE + " (read_write)");
    try {
      Transaction.run(
          core,
          () -> {
            for (ServedTable table : ServedTable.ALL) {
              session.execute(
                  SqlFile.read(
                      ServingFolder.class,
                      "duckdb/copy-table",
                      Map.of(
                          "table",
                          table.name(),
                          "rows",
                          rows.apply(table),
                          "order",
                          table.order())));
            }
            return ServedTable.ALL.size();
          });
    } finally {
      // All of it is in the file then.
      session.execute("detach " + ServingCopy.FILE);
    }
  }

  /** Returns the literal of a database's file, whose name is no pattern. */
  static String quoted(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(
          to + ": its file system renames nothing at once. Keep the warehouse on a local disk", e);
    }
  }

  private void deleteOld(String current) throws IOException {
    List<Path> copies;
    try (Stream<Path> entries = Files.list(folder)) {
      copies =
          entries
              .filter(Files::isDirectory)
              .filter(copy -> !copy.endsWith(current))
              .sorted(Comparator.comparing(ServingFolder::age).reversed())
              .toList();
    }
    int kept = 1;
    for (Path copy : copies) {
      boolean unfinished = copy.toString().endsWith(UNFINISHED);
      if (!unfinished && kept < KEPT) {
        kept++;
      } else if (unfinished || !isRead(copy)) {
        delete(copy);
      }
    }
  }

  /** Returns when a copy was written: readers change its folder's own time. */
  private static FileTime age(Path copy) {
    try {
      return Files.getLastModifiedTime(copy.resolve(TABLES));
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Tells whether somebody reads the copy: each reader locks a file of its own in it. */
  private static boolean isRead(Path copy) throws IOException {
    try (Stream<Path> files = Files.list(copy)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(READER))
          .anyMatch(ServingFolder::isLocked);
    }
  }

  private static boolean isLocked(Path mark) {
    try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      // A reader in this process.
      return true;
    } catch (IOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  static void delete(Path copy) throws IOException {
    if (!Files.exists(copy)) {
      return;
    }
    try (Stream<Path> files = Files.list(copy)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(copy);
  }

  /** Deletes all copies, and the folder: nobody reads them. */
  public void delete() throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        delete(entry);
      } else {
        Files.delete(entry);
      }
    }
    Files.delete(folder);
  }

  /** Returns the run that published last; empty if none has. */
  public static Optional<String> lastPublished(Connection core) throws SQLException {
    return Session.ofCore(core)
        .query(SqlFile.read(ServingFolder.class, "last-published"), row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /**
   * Opens a copy for reading, and keeps it from being deleted until it is closed.
   *
   * @param name as of {@link #current}
   */
  public ServingCopy open(String name) throws SQLException, IOException {
    return open(name, Optional.empty());
  }

  /**
   * Opens a copy for a reader who may see only some sales: every relation shows his part of it
   * alone, whatever is asked.
   *
   * @param name as of {@link #current}
   * @param scope whose sales; empty for everybody's
   */
  public ServingCopy open(String name, Optional<Scope> scope) throws SQLException, IOException {
    Path copy = folder.resolve(name);
    Path mark = Files.createTempFile(copy, READER, "");
    FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
    Closeable release =
        () -> {
          channel.close();
          Files.deleteIfExists(mark);
        };
    try {
      channel.lock();
      return ServingCopy.open(name, copy.resolve(TABLES), release, scope);
    } catch (SQLException | IOException | RuntimeException e) {
      release.close();
      throw e;
    }
  }
}
