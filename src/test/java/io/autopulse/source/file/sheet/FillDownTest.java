package io.autopulse.source.file.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import io.autopulse.source.file.record.FileSplitter;
import io.autopulse.source.file.record.RangeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Line ends are what is tested: they show.
@SuppressWarnings("StringConcatToTextBlock")
class FillDownTest {
  private static final CsvDialect SEMICOLONS = new CsvDialect(';', '"');
  private static final List<String> HEADER = List.of("Marke", "Modell", "Zahl");

  @TempDir Path folder;

  private static String filled(List<String> columns, String... blocks) {
    FillDown filling = new FillDown(columns, HEADER, SEMICOLONS);
    StringBuilder text = new StringBuilder();
    for (String block : blocks) {
      text.append(
          new String(
              filling
                  .fill(
                      new RawBlock(
                          RawBlock.Format.CSV, "f", 2, SEMICOLONS, HEADER, block.getBytes(UTF_8)))
                  .text(),
              UTF_8));
    }
    return text.toString();
  }

  @Test
  void blankValueTakesTheValueOfTheLastRowAbove() {
    assertThat(
        filled(
            List.of("marke "),
            "ALFA;GIULIA;205\r\n;STELVIO;134\r\n \u00a0;TONALE;290\r\n\"\";X;1\r\nALPINE;;43\r\n"),
        is("ALFA;GIULIA;205\r\nALFA;STELVIO;134\r\nALFA;TONALE;290\r\nALFA;X;1\r\nALPINE;;43\r\n"));
  }

  @Test
  void severalColumnsAreFilledEachOfItsOwn() {
    assertThat(
        filled(List.of("Modell", "Marke"), "KIA;RIO;1\n;;2\n;CEED;3\nOPEL;;4\n"),
        is("KIA;RIO;1\nKIA;RIO;2\nKIA;CEED;3\nOPEL;CEED;4\n"));
  }

  @Test
  void valueIsCarriedFromBlockToBlock() {
    assertThat(
        filled(List.of("Marke"), "KIA;RIO;1\n", ";CEED;2\n", ";EV6;3"),
        is("KIA;RIO;1\nKIA;CEED;2\nKIA;EV6;3"));
  }

  @Test
  void quotedValueStaysQuotedAndAddsNoLine() {
    assertThat(
        filled(List.of("Marke"), "\"A;\"\"B\"\"\nC\";RIO;1\n;CEED;2\n\"\n\";EV6;3\n"),
        is("\"A;\"\"B\"\"\nC\";RIO;1\n\"A;\"\"B\"\" C\";CEED;2\n\"A;\"\"B\"\" C\n\";EV6;3\n"));
    assertThat(
        filled(List.of("Marke"), "MÜLLER \"X\";Ä;4\n\"\r\n\";Ö;5\n"),
        is("MÜLLER \"X\";Ä;4\n\"MÜLLER \"\"X\"\"\r\n\";Ö;5\n"));
  }

  @Test
  void rowOfBlanksAndAnEmptyLineStayNoRecords() {
    assertThat(
        filled(List.of("Marke"), "KIA;RIO;1\n;;\n\n ; ;\n;CEED;2\n"),
        is("KIA;RIO;1\n;;\n\n ; ;\nKIA;CEED;2\n"));
  }

  @Test
  void belowWhatCannotBeReadBlanksStayBlankUntilARowHasAValue() {
    String text = "KIA;RIO;1\n\"OPEL\"x;CORSA;2\n;ASTRA;3\n";
    assertThat(filled(List.of("Marke"), text), is(text));
    assertThat(
        filled(List.of("Marke"), text + "FIAT;500;4\n;PANDA;5\nA;B;C;D\n;E;6\n"),
        is(text + "FIAT;500;4\nFIAT;PANDA;5\nA;B;C;D\n;E;6\n"));
    assertThat(
        filled(List.of("Marke"), "FIAT;500;4\n\"OPEN;F;7\n;G;8\n"),
        is("FIAT;500;4\n\"OPEN;F;7\n;G;8\n"));
  }

  @Test
  void rowThatEndsEarlyGivesTheValuesThatItHas() {
    assertThat(
        filled(List.of("Marke"), "KIA\n;RIO;1\n;\n;CEED;2"), is("KIA\nKIA;RIO;1\n;\nKIA;CEED;2"));
  }

  @Test
  void bytesThatAreNotUtf8StayAsTheyAre() {
    FillDown filling = new FillDown(List.of("Marke"), HEADER, SEMICOLONS);
    byte[] text = "CITRO\u00cbN;C3;1\n;C4;2\n".getBytes(ISO_8859_1);
    RawBlock block = new RawBlock(RawBlock.Format.CSV, "f", 2, SEMICOLONS, HEADER, text);
    assertThat(
        new String(filling.fill(block).text(), ISO_8859_1),
        is("CITRO\u00cbN;C3;1\nCITRO\u00cbN;C4;2\n"));
  }

  @Test
  void largeFileIsReadUnsplitInItsOrderWithItsLines() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    StringBuilder text = new StringBuilder("Marke;Modell;Zahl\nKIA;A;0\n");
    for (int i = 1; i < 500; i++) {
      text.append(";M").append(i).append(';').append(i).append('\n');
    }
    Path file = Files.writeString(folder.resolve("a.csv"), text);
    FileFormat format = FileFormat.csv("UTF-8", SEMICOLONS).filledDown(List.of("Marke"));
    List<FileRange> ranges = new FileSplitter(format, 100).split(file.toString(), Files.size(file));
    assertThat(ranges.size(), is(1));
    List<RawBlock> blocks = new ArrayList<>();
    new RangeReader(format, 256, 1024).read(ranges.get(0), blocks::add);
    assertThat(blocks.size(), greaterThan(10));
    long line = 2;
    for (RawBlock block : blocks) {
      assertThat(block.firstLine(), is(line));
      String filled = new String(block.text(), UTF_8);
      assertThat(filled.lines().allMatch(record -> record.startsWith("KIA;")), is(true));
      line += filled.lines().count();
    }
    assertThat(line, is(502L));
  }
}
