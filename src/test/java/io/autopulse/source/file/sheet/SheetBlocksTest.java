package io.autopulse.source.file.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import io.autopulse.source.file.record.FileSplitter;
import io.autopulse.source.file.record.RangeReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetBlocksTest {
  @TempDir Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private Path workbook(Consumer<Worksheet> filled, String... sheets) throws IOException {
    Path file = folder.resolve("a.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "Test", "1.0")) {
      for (String name : sheets) {
        filled.accept(workbook.newWorksheet(name));
      }
    }
    return file;
  }

  private static List<RawBlock> read(Path file, FileFormat format) throws IOException {
    List<RawBlock> blocks = new ArrayList<>();
    for (FileRange range : new FileSplitter(format, 1 << 20).split(file.toString(), 0)) {
      new RangeReader(format).read(range, blocks::add);
    }
    return blocks;
  }

  private static FileFormat sheet(String name, int skippedRows) {
    return FileFormat.workbook(name, '.', skippedRows);
  }

  private static String problem(Path file, FileFormat format) {
    return assertThrows(InputException.class, () -> read(file, format)).getMessage();
  }

  @Test
  void cellsBecomeTextByTheirTypeAndFormat() throws IOException {
    Path file =
        workbook(
            sheet -> {
              for (int i = 0; i < 8; i++) {
                sheet.value(0, i, "c" + i);
              }
              sheet.value(1, 0, "A, \"B\"\nC");
              sheet.value(1, 1, 205);
              sheet.value(1, 2, Math.nextUp(19999.99));
              sheet.value(1, 3, 1.5e-7);
              sheet.value(1, 4, true);
              sheet.value(1, 5, LocalDate.of(2024, 1, 31));
              sheet.style(1, 5).format("dd.mm.yyyy").set();
              sheet.value(1, 6, LocalDateTime.of(2024, 1, 31, 10, 15));
              sheet.style(1, 6).format("yyyy-mm-dd hh:mm").set();
              sheet.value(1, 7, 1234567890123L);
            },
            "Daten");
    RawBlock block = read(file, sheet("", 0)).get(0);
    assertThat(block.origin(), is(file + "!Daten"));
    assertThat(block.firstLine(), is(2L));
    assertThat(block.header(), contains("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"));
    assertThat(
        new String(block.text(), UTF_8),
        is(
            "\"A, \"\"B\"\" C\",205,19999.99,0.00000015,true,2024-01-31,2024-01-31T10:15:00,1234567890123\n"));
    RawBlock german = read(file, FileFormat.workbook("daten", ',', 0)).get(0);
    assertThat(
        new String(german.text(), UTF_8), containsString(",205,\"19999,99\",\"0,00000015\","));
  }

  @Test
  void rowsKeepTheirNumbersAndCellsBelowAMergedOneAreFilled() throws IOException {
    Path file =
        workbook(
            sheet -> {
              sheet.value(0, 0, "Title");
              sheet.value(3, 1, "Marke");
              sheet.value(3, 2, "Zahl");
              sheet.value(4, 1, "ALFA ROMEO");
              sheet.range(4, 1, 7, 1).merge();
              sheet.value(4, 2, 205);
              sheet.value(7, 2, 134);
              sheet.value(5000, 2, 290);
              sheet.value(5000, 4, "note");
            },
            "A");
    List<RawBlock> blocks = read(file, sheet("1", 2).filledDown(List.of("Marke")));
    assertThat(blocks.stream().map(RawBlock::firstLine).toList(), contains(5L, 5001L));
    assertThat(blocks.get(0).header(), contains("", "Marke", "Zahl"));
    assertThat(
        new String(blocks.get(0).text(), UTF_8), is(",ALFA ROMEO,205\n\n\n,ALFA ROMEO,134\n"));
    assertThat(new String(blocks.get(1).text(), UTF_8), is(",ALFA ROMEO,290,,note\n"));
  }

  @Test
  void sheetThatIsNotThereOrEmptyIsNamedWithTheRemedy() throws IOException {
    Path file = workbook(sheet -> {}, "Januar", "Februar");
    assertThat(
        problem(file, sheet("Januer", 0)),
        is(
            file
                + ": has no sheet \"Januer\"; its sheets are Januar, Februar."
                + " Did you mean from.sheet: \"Januar\"?"));
    assertThat(
        problem(file, sheet("3", 0)),
        containsString("has no sheet \"3\"; its sheets are Januar, Februar. Set from.sheet"));
    assertThat(
        problem(file, sheet("2", 0)),
        is(
            file
                + "!Februar: the sheet is empty: it has no header."
                + " Set from.sheet to the sheet with the records"));
  }

  @Test
  void whatIsNoWorkbookIsNamedWithTheRemedy() throws IOException {
    Path text = Files.writeString(folder.resolve("t.xlsx"), "a;b\n1;2\n");
    assertThat(problem(text, sheet("", 0)), containsString("is no Excel workbook (xlsx)"));
    Path locked =
        Files.write(
            folder.resolve("p.xlsx"),
            new byte[] {
              (byte) 0xd0,
              (byte) 0xcf,
              0x11,
              (byte) 0xe0,
              (byte) 0xa1,
              (byte) 0xb1,
              0x1a,
              (byte) 0xe1
            });
    assertThat(problem(locked, sheet("", 0)), containsString("protected by a password"));
    Path whole = workbook(sheet -> sheet.value(0, 0, "a"), "A");
    byte[] bytes = Files.readAllBytes(whole);
    Path half = Files.write(folder.resolve("h.xlsx"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(problem(half, sheet("", 0)), containsString("is a damaged workbook"));
  }

  @Test
  void numbersLoseTheNoiseOfBinaryArithmeticAndIntegersNothing() {
    assertThat(CellText.number("0.30000000000000004"), is("0.3"));
    assertThat(CellText.number("1.2E+5"), is("120000"));
    assertThat(CellText.number("12345678901234567"), is("12345678901234567"));
    assertThat(CellText.number("-5.50"), is("-5.5"));
  }

  @Test
  void formatsOfDatesAreToldFromOthers() {
    assertThat(CellText.isTime(14, null), is(true));
    assertThat(CellText.isTime(164, "[$-407]dd/mm/yyyy;@"), is(true));
    assertThat(CellText.isTime(164, "[h]:mm"), is(true));
    assertThat(CellText.isTime(164, "#,##0 \"days\"\\ [$USD]"), is(false));
    assertThat(CellText.isTime(164, "0.00;[Red]-0.00"), is(false));
    assertThat(CellText.isTime(0, "General"), is(false));
  }

  @Test
  void serialsAreDatesTimesOrNeither() {
    assertThat(CellText.time(45322, false), is("2024-01-31"));
    assertThat(CellText.time(45322.427083333, false), is("2024-01-31T10:15:00"));
    assertThat(CellText.time(0.5, false), is("12:00:00"));
    assertThat(CellText.time(1, false), is("1900-01-01"));
    assertThat(CellText.time(61, false), is("1900-03-01"));
    assertThat(CellText.time(43860, true), is("2024-01-31"));
    assertThat(CellText.time(-1, false), is(nullValue()));
  }
}
