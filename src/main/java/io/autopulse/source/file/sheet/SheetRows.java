package io.autopulse.source.file.sheet;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.domain.sale.WhiteSpace;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileFormat.SheetFormat;
import io.autopulse.source.file.TextFiles;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * The rows of a workbook's sheet below its header, one by one: the packed workbook is in memory,
 * its rows are not. The header is the first row after the skipped ones that is not blank.
 */
public final class SheetRows implements Closeable {
  private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

  private final String path;
  private final ReadableWorkbook workbook;
  private final String sheet;
  private final char decimal;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final List<String> header;
  private List<String> values = List.of();
  private long row;

  /**
   * Opens a sheet, and reads its header.
   *
   * @throws InputException if the file is no workbook or a damaged or protected one, or has no such
   *     sheet or header
   * @throws IOException if the file cannot be read
   */
  public static SheetRows open(String path, FileFormat format) throws IOException {
    byte[] bytes;
    try (InputStream in = TextFiles.unzipped(path)) {
      bytes = in.readAllBytes();
    }
    if (ReadableWorkbook.isOLE2Header(bytes)) {
      throw new InputException(
          path,
          "is an old Excel workbook (xls), or one that is protected by a password",
          "Save it as Excel workbook (.xlsx) without a password");
    }
    if (!ReadableWorkbook.isOOXMLZipHeader(bytes)) {
      throw new InputException(
          path, "is no Excel workbook (xlsx)", "Set from.type: csv if it is text");
    }
    ReadableWorkbook workbook;
    try {
      workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes), WITH_FORMATS);
    } catch (IOException | RuntimeException e) {
      throw damaged(path, e);
    }
    try {
      return new SheetRows(path, workbook, Objects.requireNonNull(format.sheet()), format);
    } catch (RuntimeException e) {
      workbook.close();
      throw e instanceof InputException ? e : damaged(path, e);
    }
  }

  private static InputException damaged(String path, Exception e) {
    return new InputException(
        path,
        "is a damaged workbook, or none in the format xlsx: " + e.getMessage(),
        "Open it in Excel, and save it again as Excel workbook (.xlsx)",
        e);
  }

  private SheetRows(String path, ReadableWorkbook workbook, SheetFormat wanted, FileFormat format) {
    this.path = path;
    this.workbook = workbook;
    decimal = wanted.decimal();
    Sheet found = find(path, workbook.getSheets().toList(), wanted.name());
    sheet = found.getName();
    try {
      stream = found.openStream();
    } catch (IOException e) {
      throw damaged(path, e);
    }
    rows = stream.iterator();
    boolean there = next();
    while (there && (row <= format.skippedLines() || isBlank())) {
      there = next();
    }
    if (!there) {
      stream.close();
      throw new InputException(
          origin(),
          format.skippedLines() == 0
              ? "the sheet is empty: it has no header"
              : "there is no header after the first " + format.skippedLines() + " rows",
          "Set from.sheet to the sheet with the records"
              + (format.skippedLines() == 0 ? "" : ", or correct from.skip_lines"));
    }
    int width = values.size();
    while (WhiteSpace.strip(values.get(width - 1)).isEmpty()) {
      width--;
    }
    header = List.copyOf(values.subList(0, width));
  }

  private static Sheet find(String path, List<Sheet> sheets, String wanted) {
    if (wanted.isEmpty() && !sheets.isEmpty()) {
      return sheets.get(0);
    }
    Optional<Sheet> named =
        sheets.stream().filter(s -> s.getName().strip().equalsIgnoreCase(wanted)).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    if (wanted.matches("[1-9]\\d{0,3}") && Integer.parseInt(wanted) <= sheets.size()) {
      return sheets.get(Integer.parseInt(wanted) - 1);
    }
    List<String> names = sheets.stream().map(Sheet::getName).toList();
    throw new InputException(
        path,
        "has no sheet \"" + wanted + "\"; its sheets are " + String.join(", ", names),
        NearestName.of(wanted, names)
            .map(name -> "Did you mean from.sheet: \"" + name + "\"?")
            .orElse("Set from.sheet to one of them"));
  }

  /** Moves to the next row that the sheet has; false after the last. */
  boolean next() {
    try {
      if (!rows.hasNext()) {
        return false;
      }
      Row read = rows.next();
      row = read.getRowNum();
      List<String> texts = new ArrayList<>(read.getCellCount());
      for (int i = 0; i < read.getCellCount(); i++) {
        texts.add(CellText.of(read.getCell(i), workbook.isDate1904(), decimal));
      }
      values = texts;
      return true;
    } catch (RuntimeException e) {
      throw damaged(path, e);
    }
  }

  private boolean isBlank() {
    return values.stream().allMatch(value -> WhiteSpace.strip(value).isEmpty());
  }

  /** Returns the header, without blank cells at its end. */
  public List<String> header() {
    return header;
  }

  /** Returns the texts of the row's cells. */
  List<String> values() {
    return values;
  }

  /** Returns the row's number in the sheet, from 1. */
  public long row() {
    return row;
  }

  /** Returns the file and the sheet, before the number of a row. */
  String origin() {
    return path + "!" + sheet;
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
