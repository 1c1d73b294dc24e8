package io.autopulse.sink.live.files;

import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.files.StageBlocks;
import io.autopulse.sink.staging.parquet.ParquetRows;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
 * Writes the rows of blocks to Parquet files of one table in a {@link LiveFolder}, a file a bundle:
 * the unbounded twin of {@link StageBlocks}. A file appears under its name once it is complete and
 * on the disk, and a bundle's file appears before the checkpoint that its elements are a part of
 * completes. So nothing is lost; a bundle that is repeated after a failure leaves its rows twice,
 * which the {@link LiveLoader} tells by their keys.
 */
public final class DropBlocks extends PTransform<PCollection<byte[]>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final LiveTable table;

  private DropBlocks(String folder, LiveTable table) {
    this.folder = folder;
    this.table = table;
  }

  /**
   * Returns the transform.
   *
   * @param folder the live folder, which every worker reaches under this path
   * @param table whose rows the blocks hold
   */
  public static DropBlocks into(LiveFolder folder, LiveTable table) {
    return new DropBlocks(folder.root().toAbsolutePath().toString(), table);
  }

  @Override
  public PDone expand(PCollection<byte[]> blocks) {
    blocks.apply("Write", ParDo.of(new WriteFn(folder, table)));
    return PDone.in(blocks.getPipeline());
  }

  static final class WriteFn extends DoFn<byte[], Void> {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final LiveTable table;
    private transient @Nullable OpenFile open;

    WriteFn(String folder, LiveTable table) {
      this.folder = folder;
      this.table = table;
    }

    @ProcessElement
    public void write(@Element byte[] block) throws IOException {
      OpenFile file = open;
      if (file == null) {
        file = OpenFile.create(new LiveFolder(Path.of(folder)).of(table), table.content());
        open = file;
      }
      file.rows().add(block);
    }

    @FinishBundle
    public void finishBundle() throws IOException {
      OpenFile file = open;
      if (file != null) {
        open = null;
        file.finish();
      }
    }

    @Teardown
    public void tearDown() throws IOException {
      OpenFile file = open;
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
   * @param rows what is written to it
   */
  private record OpenFile(Path path, ParquetRows rows) {
    static OpenFile create(Path folder, StagedTable content) throws IOException {
      Files.createDirectories(folder);
      Path path = folder.resolve(LiveFolder.HIDDEN + UUID.randomUUID() + LiveFolder.SUFFIX);
      return new OpenFile(
          path,
          content.write(
              FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
    }

    void finish() throws IOException {
      rows.close();
      try (FileChannel written = FileChannel.open(path, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      String name = path.getFileName().toString().substring(LiveFolder.HIDDEN.length());
      Files.move(path, path.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void abandon() throws IOException {
      rows.close();
      Files.deleteIfExists(path);
    }
  }
}
