package io.autopulse.sink;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a live job gives to files of one table in a {@link LiveFolder}, a file a bundle: the
 * unbounded twin of {@link StageBlocks}. A file appears under its name once it is complete and on
 * the disk, and a bundle's file appears before the checkpoint that its elements are a part of
 * completes. So nothing is lost; a bundle that is repeated after a failure leaves its elements
 * twice, which the {@link LiveLoader} tells by their keys.
 *
 * @param <T> what the files are made of
 */
public final class DropFiles<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final String table;
  private final Format<T> format;

  private DropFiles(String folder, String table, Format<T> format) {
    this.folder = folder;
    this.table = table;
    this.format = format;
  }

  /**
   * How elements become a file.
   *
   * @param <T> what the files are made of
   */
  @FunctionalInterface
  public interface Format<T> extends Serializable {
    /** Begins a file. */
    Rows<T> to(WritableByteChannel channel) throws IOException;
  }

  /**
   * A file that is being written.
   *
   * @param <T> what the file is made of
   */
  public interface Rows<T> {
    /** Adds an element's rows. */
    void add(T element) throws IOException;

    /** Completes the file; the channel stays open. */
    void finish() throws IOException;
  }

  /**
   * Returns the transform.
   *
   * @param folder the live folder, which every worker reaches under this path
   * @param table one of {@link LiveFolder#TABLES}
   * @param format how elements become a file
   */
  public static <T> DropFiles<T> into(LiveFolder folder, String table, Format<T> format) {
    return new DropFiles<>(folder.root().toAbsolutePath().toString(), table, format);
  }

  @Override
  public PDone expand(PCollection<T> elements) {
    elements.apply("Write files", ParDo.of(new WriteFn<>(folder, table, format)));
    return PDone.in(elements.getPipeline());
  }

  static final class WriteFn<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final String table;
    private final Format<T> format;
    private transient @Nullable OpenFile<T> open;

    WriteFn(String folder, String table, Format<T> format) {
      this.folder = folder;
      this.table = table;
      this.format = format;
    }

    @ProcessElement
    public void write(@Element T element) throws IOException {
      OpenFile<T> file = open;
      if (file == null) {
        file = OpenFile.create(new LiveFolder(Path.of(folder)).of(table), format);
        open = file;
      }
      file.rows().add(element);
    }

    @FinishBundle
    public void finishBundle() throws IOException {
      OpenFile<T> file = open;
      if (file != null) {
        open = null;
        file.finish();
      }
    }

    @Teardown
    public void tearDown() throws IOException {
      OpenFile<T> file = open;
      if (file != null) {
        open = null;
        file.abandon();
      }
    }
  }

  /**
   * A file under a name that nobody reads yet.
   *
   * @param path of the hidden file
   * @param channel of the hidden file
   * @param rows what is written to it
   */
  private record OpenFile<T>(Path path, FileChannel channel, Rows<T> rows) {
    static <T> OpenFile<T> create(Path folder, Format<T> format) throws IOException {
      Files.createDirectories(folder);
      Path path = folder.resolve(LiveFolder.HIDDEN + UUID.randomUUID() + LiveFolder.SUFFIX);
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new OpenFile<>(path, channel, format.to(channel));
    }

    void finish() throws IOException {
      rows.finish();
      channel.force(true);
      channel.close();
      String name = path.getFileName().toString().substring(LiveFolder.HIDDEN.length());
      Files.move(path, path.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void abandon() throws IOException {
      channel.close();
      Files.deleteIfExists(path);
    }
  }
}
