package io.autopulse.source.file.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileHeadTest {
  private static final FileFormat CSV = FileFormat.csv("UTF-8", CsvDialect.RFC_4180);

  @TempDir Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private FileHead read(FileFormat format, byte[] bytes) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(file, bytes);
    return FileHead.read(file.toString(), format);
  }

  private String problem(FileFormat format, byte[] bytes) {
    InputException problem =
        assertThrows(InputException.class, () -> read(format, bytes), "no problem");
    return String.valueOf(problem.getMessage()).replace(folder + "/", "");
  }

  private static FileFormat csv(String charset) {
    return FileFormat.csv(charset, CsvDialect.RFC_4180);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504b030414000600|is a ZIP archive or an Excel workbook (xlsx), not CSV. Set from.type: xlsx for workbooks; unzip archives",
        "d0cf11e0a1b11ae1|is an old Excel workbook (xls), not CSV. Export it as CSV",
        "28b52ffd00|is compressed by zstd, not CSV. Unpack it; of compressed files only gzip is read",
        "425a683931|is compressed by bzip2, not CSV. Unpack it; of compressed files only gzip is read",
        "5041523115|is a Parquet file, not CSV. Export it as CSV or JSON lines",
        "4152524f57310000|is an Arrow file (Feather), not CSV. Export it as CSV or JSON lines",
        "5047444d50010e00|is a dump of pg_dump, not CSV. Export it as CSV",
        "2d2d2d2d2d424547494e20504750204d45535341474520|is encrypted by PGP, not CSV. Decrypt it",
        "255044462d312e37|is a PDF document, not CSV. Export it as CSV where it was made"
      })
  void fileOfAnotherKindIsCalledByItsName(String head, String message) {
    byte[] bytes = HexFormat.of().parseHex(head);
    assertThat(problem(CSV, bytes), is("a.csv: " + message));
    assertThat(
        problem(FileFormat.JSON_LINES, bytes),
        is("a.csv: " + message.replace("not CSV", "not JSON lines")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html>\n<html>",
        "  \r\n<HTML lang=en>",
        "\ufeff<html>",
        "<!-- built 2024-05-14 -->\n<html>",
        "<head><title>Log in</title></head>",
        "<script>location='/login'</script>"
      })
  void pageOfALoginIsNoExport(String page) {
    assertThat(
        problem(CSV, text(page)),
        is(
            "a.csv: is an HTML page, not CSV: perhaps a login or an error page. Download the export again"));
  }

  @Test
  void noiseIsABinaryFile() throws IOException {
    byte[] noise = new byte[2_000];
    new Random(11).nextBytes(noise);
    noise[0] = 'x';
    assertThat(
        problem(CSV, noise),
        is(
            "a.csv: is a binary file, perhaps encrypted or compressed, not CSV. Export it as CSV again"));
    assertThat(
        "a few control characters are the records' matter",
        read(CSV, text("id,make\nA1,V\u0007W\nA2,\u0010\n")).columns(),
        is(List.of("id", "make")));
    assertThat(
        "delimiters of Hive",
        read(
                FileFormat.csv("UTF-8", new CsvDialect('\u0001', '"')),
                text(
                    "id\u0001tags\nA1\u0001a\u0002b\u0002c\u0003d\u0002e\u0003f\u0002g\u0002h\u0002i\n"))
            .columns(),
        is(List.of("id", "tags")));
  }

  @Test
  void jsonIsNoCsvAndCsvNoJsonLines() {
    String json = "a.csv: is JSON, not CSV. Use type: airbyte-jsonl for files of an object a line";
    assertThat(problem(CSV, text("{\"id\":1}\n")), is(json));
    assertThat(problem(CSV, text("[\n{\"id\":1}]")), is(json));
    assertThat(
        problem(FileFormat.JSON_LINES, text("id,status\n1,SOLD\n")),
        is("a.csv: is not JSON lines: no line begins with {. Use type: csv if it is CSV"));
    assertThat(
        problem(FileFormat.JSON_LINES, text("[{\"id\":1},\n{\"id\":2}]")),
        is("a.csv: is a JSON array, not an object a line. Write an object a line, as jq -c '.[]'"));
    assertThat(
        problem(FileFormat.JSON_LINES, text("{\n  \"id\": 1\n}\n")),
        is("a.csv: has JSON objects of several lines. Write an object a line, as jq -c ."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "{\"id\":1}", "oops\n{\"id\":1}\n", "\ufeff{\"id\":1}\r"})
  void jsonLinesAreWhatTheyAre(String lines) throws IOException {
    assertThat(read(FileFormat.JSON_LINES, text(lines)).columns(), is(List.of()));
  }

  @Test
  void utf16IsToldWithAndWithoutItsMark() {
    String header = "sale_id,status\n";
    String remedy = "; files of different charsets need feeds or folders of their own";
    assertThat(
        problem(CSV, ("\ufeff" + header).getBytes(UTF_16LE)),
        is(
            "a.csv: is UTF-16 text, and its declared charset is UTF-8. Set from.charset: UTF-16"
                + remedy));
    assertThat(
        problem(CSV, header.getBytes(UTF_16LE)),
        is(
            "a.csv: is UTF-16LE text, and its declared charset is UTF-8. Set from.charset: UTF-16LE"
                + remedy));
    assertThat(
        problem(CSV, header.getBytes(UTF_16BE)),
        is(
            "a.csv: is UTF-16BE text, and its declared charset is UTF-8. Set from.charset: UTF-16BE"
                + remedy));
    assertThat(
        "without a mark UTF-16 is big endian",
        problem(csv("UTF-16"), header.getBytes(UTF_16LE)),
        is(
            "a.csv: is UTF-16LE text, and its declared charset is UTF-16. Set from.charset: UTF-16LE"
                + remedy));
    assertThat(
        problem(csv("UTF-16"), text(header)),
        is(
            "a.csv: is UTF-8 text, and its declared charset is UTF-16. Set from.charset: UTF-8"
                + remedy));
    assertThat(
        problem(csv("windows-1252"), text("\ufeff" + header)),
        is(
            "a.csv: is UTF-8 text, and its declared charset is windows-1252. Set from.charset: UTF-8"
                + remedy));
    assertThat(
        problem(FileFormat.JSON_LINES, "{\"sale_id\":\"A1\"}\n".getBytes(UTF_16LE)),
        is("a.csv: is UTF-16LE text, and its declared charset is UTF-8. Write it as UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-8"})
  void declaredCharsetIsRead(String charset) throws IOException {
    byte[] bytes = "sale_id,Prix pay\u00e9\n1,2\n".getBytes(Charset.forName(charset));
    assertThat(read(csv(charset), bytes).columns(), is(List.of("sale_id", "Prix pay\u00e9")));
  }

  @Test
  void fileOfNulBytesIsNoCsv() {
    assertThat(
        problem(CSV, new byte[500]),
        is(
            "a.csv: is a binary file or was not written to its end: it holds NUL bytes. Export it as CSV again"));
  }

  @Test
  void headerWithBytesOfAnotherCharsetIsAnError() {
    assertThat(
        problem(CSV, "sale_id,Prix pay\u00e9\n1,2\n".getBytes(ISO_8859_1)),
        is(
            "a.csv:1: the header holds bytes that are not UTF-8: E9."
                + " If the file is windows-1252, as Excel writes CSV, set from.charset: windows-1252"));
    assertThat(
        problem(csv("windows-1252"), new byte[] {'i', 'd', ',', (byte) 0x81, '\n'}),
        is(
            "a.csv:1: the header holds bytes that are not windows-1252: 81."
                + " Set from.charset to the charset that the file is written in"));
  }

  @Test
  void linesBeforeTheHeaderAreSkipped() throws IOException {
    FileFormat two = FileFormat.csv("UTF-8", CsvDialect.RFC_4180, 2);
    for (String end : List.of("\n", "\r\n", "\r")) {
      FileHead head =
          read(two, text("Sales \"2024" + end + end + "sale_id,status" + end + "A1,SOLD" + end));
      assertThat(head.columns(), is(List.of("sale_id", "status")));
      assertThat(head.lines(), is(3L));
    }
    assertThat(
        problem(two, text("Sales 2024\n\n")),
        is(
            "a.csv:3: there is no header after the first 2 lines."
                + " Write the names of the columns in the next line, or correct from.skip_lines"));
  }

  @Test
  void lineThatNamesTheSeparatorIsNoHeader() throws IOException {
    FileFormat semicolons = FileFormat.csv("UTF-8", new CsvDialect(';', '"'));
    for (String line : List.of("sep=;\n", "SEP=;\r\n", "\"sep=;\"\r")) {
      FileHead head = read(semicolons, text(line + "sale_id;status\n"));
      assertThat(head.columns(), is(List.of("sale_id", "status")));
      assertThat(head.lines(), is(2L));
    }
    assertThat(
        problem(CSV, text("sep=;\nsale_id;status\n")),
        is(
            "a.csv:1: the line says that its separator is \";\", and the manifest that it is \",\"."
                + " Set from.separator: \";\""));
    assertThat(
        problem(CSV, text("sep=\t\nsale_id\tstatus\n")),
        is(
            "a.csv:1: the line says that its separator is a tab, and the manifest that it is \",\"."
                + " Set from.separator: tab"));
  }

  @Test
  void gzipIsToldByItsBytesAndNotByItsName() throws IOException {
    Path file = folder.resolve("b.csv");
    zip(file, "sale_id,status\nA1,SOLD\n");
    FileHead head = FileHead.read(file.toString(), CSV);
    assertThat(head.isZipped(), is(true));
    assertThat(head.columns(), is(List.of("sale_id", "status")));
    Path plain = folder.resolve("plain.csv.gz");
    Files.writeString(plain, "sale_id,status\nA1,SOLD\n");
    assertThat(FileHead.read(plain.toString(), CSV).isZipped(), is(false));
    Path twice = folder.resolve("twice.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(twice))) {
      out.write(Files.readAllBytes(file));
    }
    assertThat(
        assertThrows(InputException.class, () -> FileHead.read(twice.toString(), CSV)).getMessage(),
        is(twice + ": is gzip within gzip, not CSV. Unzip it once with gunzip"));
  }

  private static void zip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text(text));
    }
  }
}
