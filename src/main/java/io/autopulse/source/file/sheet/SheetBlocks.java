package io.autopulse.source.file.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.sale.WhiteSpace;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Makes blocks of delimited text of a sheet's rows: a row is a line, numbered as in the sheet. */
public final class SheetBlocks {
  private static final int MOST_EMPTY_LINES = 1000;

  private final FileFormat format;
  private final List<String> header;
  private final String origin;
  private final FillDown filling;
  private final Consumer<RawBlock> out;
  private final StringBuilder text = new StringBuilder();
  private long firstRow;

  private SheetBlocks(
      FileFormat format, List<String> header, String origin, Consumer<RawBlock> out) {
    this.format = format;
    this.header = header;
    this.origin = origin;
    this.out = out;
    filling = new FillDown(format.fillDown(), header, format.dialect());
  }

  /**
   * Hands over the rows of a file's sheet as blocks.
   *
   * @param blockCharacters the size of a block
   */
  public static void read(
      FileRange range, FileFormat format, int blockCharacters, Consumer<RawBlock> out)
      throws IOException {
    try (SheetRows rows = SheetRows.open(range.path(), format)) {
      SheetBlocks blocks = new SheetBlocks(format, rows.header(), rows.origin(), out);
      long next = rows.row() + 1;
      blocks.firstRow = next;
      while (rows.next()) {
        boolean far = rows.row() - next > MOST_EMPTY_LINES;
        if (far || blocks.text.length() > blockCharacters) {
          blocks.flush();
          blocks.firstRow = far ? rows.row() : next;
          next = blocks.firstRow;
        }
        for (; next < rows.row(); next++) {
          blocks.text.append('\n');
        }
        blocks.add(rows.values());
        next++;
      }
      blocks.flush();
    }
  }

  // Blank cells beyond the header, such as formatted ones, are no fields.
  private void add(List<String> values) {
    int width = values.size();
    while (width > header.size() && WhiteSpace.strip(values.get(width - 1)).isEmpty()) {
      width--;
    }
    for (int i = 0; i < Math.max(width, header.size()); i++) {
      if (i > 0) {
        text.append(',');
      }
      String value = i < width ? values.get(i) : "";
      if (value.indexOf(',') >= 0 || value.indexOf('"') >= 0) {
        text.append('"').append(value.replace("\"", "\"\"")).append('"');
      } else {
        text.append(value);
      }
    }
    text.append('\n');
  }

  private void flush() {
    if (text.isEmpty()) {
      return;
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    text.setLength(0);
    RawBlock block =
        new RawBlock(
            format.format(), origin, firstRow, format.dialect(), header, bytes, format.charset());
    out.accept(format.fillDown().isEmpty() ? block : filling.fill(block));
  }
}
