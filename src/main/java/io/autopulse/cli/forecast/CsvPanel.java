package io.autopulse.cli.forecast;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The series of a long CSV file, one row a series and period.
 *
 * @param series the series, in the order of their keys
 * @param skipped how many series were left out because periods are missing
 */
record CsvPanel(List<Series> series, int skipped) {
  private static final List<String> SERIES = List.of("series", "unique_id", "id", "key", "item");
  private static final List<String> PERIOD =
      List.of("period", "ds", "date", "day", "week", "month", "quarter", "year", "number");
  private static final List<String> VALUE =
      List.of("value", "y", "units", "quantity", "sales", "units_sold");

  /** The text of the option for a file that has one series. */
  static final String ONE_SERIES = "-";

  /**
   * How a file is read.
   *
   * @param step the length of its periods
   * @param season how many periods make a season
   * @param series its column of series, several joined by a plus sign; empty to find it
   * @param period its column of periods, alike
   * @param value its column of values; empty to find it
   * @param missing what becomes of periods without a row
   * @param charset how its text is encoded
   */
  record Reading(
      Step step,
      int season,
      String series,
      String period,
      String value,
      Missing missing,
      Charset charset) {}

  /** A value and the line that has it. */
  private record Cell(double value, long line) {}

  /** Reads a file. */
  static CsvPanel read(Path file, Reading reading) {
    Map<String, NavigableMap<LocalDate, Cell>> cells = cells(file, reading);
    LocalDate last =
        cells.values().stream()
            .map(NavigableMap::lastKey)
            .max(LocalDate::compareTo)
            .orElseThrow(() -> new InputException(file.toString(), "has no rows", ""));
    List<Series> series = new ArrayList<>();
    int skipped = 0;
    for (Map.Entry<String, NavigableMap<LocalDate, Cell>> entry : cells.entrySet()) {
      NavigableMap<LocalDate, Cell> values = entry.getValue();
      LocalDate end = reading.missing() == Missing.ERROR ? values.lastKey() : last;
      int length = (int) PeriodText.between(values.firstKey(), end, reading.step()) + 1;
      if (length > values.size() && reading.missing() == Missing.SKIP) {
        skipped++;
      } else {
        series.add(series(file, entry.getKey(), values, length, reading));
      }
    }
    if (series.isEmpty()) {
      throw new InputException(
          file.toString(),
          "each of its " + skipped + " series lacks a period",
          "Let missing periods be zero by --missing zero");
    }
    return new CsvPanel(List.copyOf(series), skipped);
  }

  private static Series series(
      Path file, String key, NavigableMap<LocalDate, Cell> cells, int length, Reading reading) {
    double[] values = new double[length];
    LocalDate start = cells.firstKey();
    for (int t = 0; t < length; t++) {
      LocalDate period = reading.step().plus(start, t);
      Cell cell = cells.get(period);
      if (cell == null && reading.missing() == Missing.ERROR) {
        throw new InputException(
            file.toString(),
            "series "
                + key
                + " has no row for "
                + PeriodText.format(period, reading.step())
                + ", but one for "
                + PeriodText.format(cells.higherKey(period), reading.step())
                + " in line "
                + cells.higherEntry(period).getValue().line(),
            "Let missing periods be zero by --missing zero, or leave such series out by --missing skip");
      }
      values[t] = cell == null ? 0 : cell.value();
    }
    return new Series(key, reading.step(), start, reading.season(), values);
  }

  private static Map<String, NavigableMap<LocalDate, Cell>> cells(Path file, Reading reading) {
    Map<String, NavigableMap<LocalDate, Cell>> cells = new TreeMap<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(Files.newBufferedReader(file, reading.charset()))) {
      Iterator<CsvRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw new InputException(file.toString(), "is empty", "Name a file that has a header");
      }
      Rows rows = Rows.of(file, records.next().getFields(), reading);
      while (records.hasNext()) {
        rows.add(records.next(), cells);
      }
      return cells;
    } catch (CsvParseException e) {
      throw new InputException(file.toString(), "is no sound CSV: " + e.getMessage(), "", e);
    } catch (NoSuchFileException e) {
      throw new InputException(file.toString(), "does not exist", "Check the name", e);
    } catch (CharacterCodingException e) {
      throw undecodable(file, reading.charset());
    } catch (IOException e) {
      throw new InputException(
          file.toString(), "cannot be read: " + e.getMessage(), "Check the file and its rights", e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? undecodable(file, reading.charset())
          : new InputException(
              file.toString(), "cannot be read: " + e.getMessage(), "Check the file", e);
    }
  }

  private static InputException undecodable(Path file, Charset charset) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CharBuffer sound = CharBuffer.allocate(bytes.remaining() + 1);
    charset.newDecoder().decode(bytes, sound, true);
    long line = 1 + sound.flip().chars().filter(c -> c == '\n').count();
    return new InputException(
        file + ":" + line,
        String.format(Locale.ROOT, "has the byte 0x%02X, which is not %s", bytes.get(), charset),
        "Name its charset by --charset, such as ISO-8859-1 or windows-1252");
  }

  /** The rows of a file whose columns are known. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Rows(
      Path file, int width, int[] series, int[] period, int value, Reading reading) {
    static Rows of(Path file, List<String> header, Reading reading) {
      List<String> names = header.stream().map(String::strip).toList();
      return new Rows(
          file,
          names.size(),
          reading.series().equals(ONE_SERIES)
              ? new int[0]
              : places(file, names, reading.series(), SERIES, "series", "--series"),
          places(file, names, reading.period(), PERIOD, "periods", "--period-column"),
          places(file, names, reading.value(), VALUE, "values", "--value")[0],
          reading);
    }

    private static int[] places(
        Path file,
        List<String> header,
        String asked,
        List<String> usual,
        String what,
        String option) {
      if (asked.isEmpty()) {
        for (String name : usual) {
          int place = place(header, name);
          if (place >= 0) {
            return new int[] {place};
          }
        }
        throw new InputException(
            file + ":1",
            "no column of " + what + " among " + String.join(", ", header),
            "Name it by "
                + option
                + " COLUMN"
                + (what.equals("series") ? ", or say --series - if the file has one series" : ""));
      }
      String[] parts = asked.split("\\+", -1);
      int[] places = new int[parts.length];
      for (int i = 0; i < parts.length; i++) {
        places[i] = place(header, parts[i]);
        if (places[i] < 0) {
          throw new InputException(
              file + ":1",
              option + " names column " + parts[i] + ", which the header lacks",
              NearestName.hint(parts[i], header));
        }
      }
      return places;
    }

    private static int place(List<String> header, String name) {
      List<String> lower = header.stream().map(h -> h.toLowerCase(Locale.ROOT)).toList();
      int exact = header.indexOf(name);
      return exact >= 0 ? exact : lower.indexOf(name.toLowerCase(Locale.ROOT));
    }

    void add(CsvRecord record, Map<String, NavigableMap<LocalDate, Cell>> cells) {
      long line = record.getStartingLineNumber();
      if (record.getFieldCount() == 1 && record.getField(0).isBlank()) {
        return;
      }
      String place = file + ":" + line;
      if (record.getFieldCount() != width) {
        throw new InputException(
            place,
            record.getFieldCount() + " fields, but the header has " + width,
            "Correct the line");
      }
      String key = series.length == 0 ? "ALL" : joined(record, series, "|");
      if (key.isBlank()) {
        throw new InputException(place, "the series is empty", "Correct the line");
      }
      String text = joined(record, period, "-");
      LocalDate first =
          PeriodText.parse(text, reading.step())
              .orElseThrow(
                  () ->
                      new InputException(
                          place,
                          "'" + text + "' is no period of --period " + name(reading.step()),
                          "Write it as " + PeriodText.examples(reading.step())));
      Cell before =
          cells
              .computeIfAbsent(key, k -> new TreeMap<>())
              .putIfAbsent(first, new Cell(value(place, record.getField(value)), line));
      if (before != null) {
        throw new InputException(
            place,
            "series " + key + " has " + text + " in line " + before.line() + ", too",
            "Let the file have one row a series and period");
      }
    }

    private static double value(String place, String text) {
      double value;
      try {
        value = Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      if (!Double.isFinite(value) || value < 0) {
        throw new InputException(
            place,
            "the value '" + text + "' is no number from 0 up",
            "Correct it, or leave the row out and say --missing zero");
      }
      return value;
    }

    private static String joined(CsvRecord record, int[] places, String by) {
      return Arrays.stream(places)
          .mapToObj(place -> record.getField(place).strip())
          .collect(Collectors.joining(by));
    }
  }

  /** Returns the name of a step as the option writes it. */
  static String name(Step step) {
    return step == Step.NUMBERED ? "number" : step.toString();
  }
}
