package io.autopulse.generate;

import io.autopulse.generate.format.CsvEncoder;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SalesFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The open files of the sales feed: parts are appended in order, lines are counted. */
final class SalesFiles implements AutoCloseable {
  private final List<OutputStream> files = new ArrayList<>();
  private final long[] lines;
  private long bytes;

  @SuppressWarnings("MustBeClosed")
  SalesFiles(GenerateSpec spec, LandingLayout layout) throws IOException {
    lines = new long[spec.files()];
    try {
      for (int file = 0; file < lines.length; file++) {
        Path path = spec.directory().resolve(layout.sales(file));
        Files.createDirectories(path.resolveSibling(""));
        files.add(Files.newOutputStream(path));
        if (spec.format() == LandingFormat.CSV) {
          RecordBuffer header = new RecordBuffer(256);
          CsvEncoder.header(SalesFeed.COLUMNS, header);
          append(SalesBlock.Part.of(file, header, spec.gzip()));
        }
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Appends the part to its file; returns the number of lines that the file had before. */
  long append(SalesBlock.Part part) throws IOException {
    files.get(part.file()).write(part.bytes());
    long before = lines[part.file()];
    lines[part.file()] += part.lines();
    bytes += part.bytes().length;
    return before;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    for (OutputStream file : files) {
      file.close();
    }
  }
}
