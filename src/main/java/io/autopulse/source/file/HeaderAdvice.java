package io.autopulse.source.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a header lacks the columns that a manifest names: a separator, lines before it. */
public final class HeaderAdvice {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int MOST_LINES = 50;

  private HeaderAdvice() {}

  /**
   * Returns the one error that explains a header.
   *
   * @param lines how many lines there are with the header
   * @param text the beginning of the file
   * @param wanted columns that the header must have, stripped
   */
  public static Optional<InputException> of(
      String path, FileFormat format, long lines, String text, List<String> wanted) {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    char declared = format.dialect().separator();
    List<Character> separators = new ArrayList<>(List.of(declared));
    SEPARATORS.stream().filter(s -> s != declared).forEach(separators::add);
    separators.remove((Character) format.dialect().quote());
    for (char separator : separators) {
      long before = linesBefore(text, separator, format.dialect().quote(), wanted);
      if (before >= 0) {
        return problem(path, format, lines, separator, before);
      }
    }
    return Optional.empty();
  }

  private static Optional<InputException> problem(
      String path, FileFormat format, long lines, char separator, long before) {
    List<String> remedies = new ArrayList<>();
    if (separator != format.dialect().separator()) {
      remedies.add("from.separator: " + (separator == '\t' ? "tab" : "\"" + separator + '"'));
    }
    if (before + 1 != lines) {
      remedies.add("from.skip_lines: " + before);
    }
    if (remedies.isEmpty()) {
      return Optional.empty();
    }
    String problem =
        before + 1 == lines
            ? "its header is separated by "
                + (separator == '\t' ? "tabs" : "\"" + separator + '"')
                + ", not by \""
                + format.dialect().separator()
                + '"'
            : "its header is in line " + (before + 1) + ", not in line " + lines;
    return Optional.of(new InputException(path, problem, "Set " + String.join(" and ", remedies)));
  }

  /** Returns how many lines are before the record that has the wanted columns; -1 without one. */
  private static long linesBefore(String text, char separator, char quote, List<String> wanted) {
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .quoteCharacter(quote)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(1 << 18)
            .ofCsvRecord(text)) {
      for (CsvRecord row : records) {
        if (row.getStartingLineNumber() > MOST_LINES) {
          return -1;
        }
        List<String> columns = row.getFields().stream().map(String::strip).toList();
        if (columns.size() > 1 && columns.containsAll(wanted)) {
          return row.getStartingLineNumber() - 1;
        }
      }
    } catch (CsvParseException | IOException e) {
      return -1;
    }
    return -1;
  }
}
