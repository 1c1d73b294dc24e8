package io.autopulse.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells files that are no delimited text or JSON lines by their first bytes, whatever their names
 * say: read as text they would be garbage.
 */
public final class FileKind {
  private static final String EXPORT = "Export it as CSV";
  private static final String UNPACK = "Unpack it; of compressed files only gzip is read";
  private static final int LOOKED_AT = 4096;

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "504b0304",
              "a ZIP archive or an Excel workbook (xlsx)",
              "Set from.type: xlsx for workbooks; unzip archives"),
          new Kind("504b0506", "a ZIP archive without files", EXPORT),
          new Kind("d0cf11e0a1b11ae1", "an old Excel workbook (xls)", EXPORT),
          new Kind("1f8b", "gzip within gzip", "Unzip it once with gunzip"),
          new Kind("1f9d", "compressed (compress, .Z)", UNPACK),
          new Kind("425a68", "compressed by bzip2", UNPACK),
          new Kind("fd377a585a00", "compressed by xz", UNPACK),
          new Kind("28b52ffd", "compressed by zstd", UNPACK),
          new Kind("04224d18", "compressed by lz4", UNPACK),
          new Kind("377abcaf271c", "a 7z archive", UNPACK),
          new Kind("526172211a07", "a RAR archive", UNPACK),
          new Kind("50415231", "a Parquet file", EXPORT + " or JSON lines"),
          new Kind("4f524300", "an ORC file", EXPORT + " or JSON lines"),
          new Kind("4f626a01", "an Avro file", EXPORT + " or JSON lines"),
          new Kind("4152524f5731", "an Arrow file (Feather)", EXPORT + " or JSON lines"),
          new Kind("5047444d50", "a dump of pg_dump", EXPORT),
          new Kind("2d2d2d2d2d424547494e20504750", "encrypted by PGP", "Decrypt it"),
          new Kind("ff060000734e61507059", "compressed by Snappy", UNPACK),
          new Kind("53514c69746520666f726d61742033", "an SQLite database", EXPORT),
          new Kind("255044462d", "a PDF document", EXPORT + " where it was made"),
          new Kind("7b5c727466", "an RTF document", EXPORT + " where it was made"),
          new Kind("89504e47", "a PNG image", EXPORT + " where it was made"),
          new Kind("ffd8ff", "a JPEG image", EXPORT + " where it was made"));

  private FileKind() {}

  /**
   * A kind of file.
   *
   * @param magic its first bytes in hexadecimal digits
   * @param name what it is
   * @param remedy what to do with it
   */
  private record Kind(String magic, String name, String remedy) {
    boolean isOf(byte[] head) {
      if (head.length * 2 < magic.length()) {
        return false;
      }
      for (int i = 0; i * 2 < magic.length(); i++) {
        int wanted = Integer.parseInt(magic.substring(i * 2, i * 2 + 2), 16);
        if ((head[i] & 0xff) != wanted) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Checks a file.
   *
   * @param head its first bytes, unzipped
   * @throws InputException if it is of another kind than its format
   */
  public static void check(String path, byte[] head, FileFormat format) {
    for (Kind kind : KINDS) {
      if (kind.isOf(head)) {
        throw new InputException(
            path, "is " + kind.name() + ", not " + expected(format), kind.remedy());
      }
    }
    String charset = charset(head, format);
    if (charset != null) {
      throw new InputException(
          path,
          "is " + charset + " text, and its declared charset is " + format.charset(),
          format.format() == RawBlock.Format.JSON
              ? "Write it as UTF-8"
              : "Set from.charset: "
                  + charset
                  + "; files of different charsets need feeds or folders of their own");
    }
    if (isAsciiLike(format.charset()) && nulls(head, 0, 1) * 10 > lookedAt(head)) {
      throw new InputException(
          path,
          "is a binary file or was not written to its end: it holds NUL bytes",
          EXPORT + " again");
    }
    int controls = controls(head, format);
    if (isAsciiLike(format.charset()) && controls >= 8 && controls * 25 > lookedAt(head)) {
      throw new InputException(
          path,
          "is a binary file, perhaps encrypted or compressed, not " + expected(format),
          EXPORT + " again");
    }
    checkText(path, head, format);
  }

  private static String expected(FileFormat format) {
    return format.format() == RawBlock.Format.CSV ? "CSV" : "JSON lines";
  }

  private static int lookedAt(byte[] head) {
    return Math.min(head.length, LOOKED_AT);
  }

  /** Returns how many bytes are NUL, of every {@code step} bytes that at {@code from}. */
  private static int nulls(byte[] head, int from, int step) {
    int count = 0;
    for (int i = from; i < lookedAt(head); i += step) {
      count += head[i] == 0 ? 1 : 0;
    }
    return count;
  }

  // A byte of noise is one of these in one case of fifteen. Those that separate fields are not.
  private static int controls(byte[] head, FileFormat format) {
    int count = 0;
    for (int i = 0; i < lookedAt(head); i++) {
      byte b = head[i];
      boolean control = b >= 4 && b <= 8 || b >= 0x0e && b <= 0x19;
      count += control && b != format.dialect().separator() ? 1 : 0;
    }
    return count;
  }

  private static boolean isAsciiLike(String charset) {
    return !charset.toUpperCase(Locale.ROOT).contains("UTF-16")
        && !charset.toUpperCase(Locale.ROOT).contains("UTF-32");
  }

  /** Returns the charset of the bytes if it is surely another than the declared one; else null. */
  private static @Nullable String charset(byte[] head, FileFormat format) {
    String declared = format.charset().toUpperCase(Locale.ROOT);
    String marked = marked(head);
    if (marked != null) {
      // Without LE or BE, the mark decides.
      boolean fits =
          marked.equals(declared)
              || (marked.startsWith("UTF-16") && declared.equals("UTF-16"))
              || (marked.startsWith("UTF-32") && declared.equals("UTF-32"))
              || (declared.startsWith("X-UTF") && declared.contains(marked));
      return fits ? null : marked.startsWith("UTF-16") ? "UTF-16" : marked;
    }
    int pairs = lookedAt(head) / 2;
    if (pairs < 4) {
      return null;
    }
    int even = nulls(head, 0, 2);
    int odd = nulls(head, 1, 2);
    // Digits, separators and Latin letters have a zero byte; in UTF-32 they have three.
    boolean little = odd * 3 > pairs && even * 10 < pairs;
    boolean big = even * 3 > pairs && odd * 10 < pairs;
    if (little || big) {
      String seen = little ? "UTF-16LE" : "UTF-16BE";
      boolean fits = declared.equals(seen) || (big && declared.equals("UTF-16"));
      return fits || declared.contains("UTF-32") ? null : seen;
    }
    return declared.contains("UTF-16") && even + odd == 0 ? "UTF-8" : null;
  }

  private static @Nullable String marked(byte[] head) {
    String mark = new String(head, 0, Math.min(head.length, 4), ISO_8859_1);
    if (mark.startsWith("\u00ef\u00bb\u00bf")) {
      return "UTF-8";
    }
    if (mark.equals("\u00ff\u00fe\0\0")) {
      return "UTF-32LE";
    }
    if (mark.equals("\0\0\u00fe\u00ff")) {
      return "UTF-32BE";
    }
    return mark.startsWith("\u00ff\u00fe")
        ? "UTF-16LE"
        : mark.startsWith("\u00fe\u00ff") ? "UTF-16BE" : null;
  }

  private static void checkText(String path, byte[] head, FileFormat format) {
    String text =
        new String(head, 0, lookedAt(head), ISO_8859_1)
            .replace("\0", "")
            .replaceFirst("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\\s*", "");
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.matches(
        "(?s)(<!--.{0,2000}?-->\\s*)?<(!doctype html|html|head|body|script|meta)\\b.*")) {
      throw new InputException(
          path,
          "is an HTML page, not " + expected(format) + ": perhaps a login or an error page",
          "Download the export again");
    }
    if (lower.startsWith("<?xml") || lower.startsWith("<table")) {
      throw new InputException(
          path, "is an XML or HTML table, not " + expected(format), EXPORT + " where it was made");
    }
    boolean array = text.matches("(?s)\\[\\s*(\\{.*|\\R.*)");
    if (format.format() == RawBlock.Format.CSV) {
      if (array || text.matches("(?s)\\{\\s*\".*")) {
        throw new InputException(
            path, "is JSON, not CSV", "Use type: airbyte-jsonl for files of an object a line");
      }
    } else if (array) {
      throw new InputException(
          path, "is a JSON array, not an object a line", "Write an object a line, as jq -c '.[]'");
    } else if (text.matches("(?s)\\{[ \\t]*\\R.*")) {
      throw new InputException(
          path, "has JSON objects of several lines", "Write an object a line, as jq -c .");
    } else if (!text.isEmpty() && !text.matches("(?s)(\\{.*|.*\\R[ \\t]*\\{.*)")) {
      throw new InputException(
          path, "is not JSON lines: no line begins with {", "Use type: csv if it is CSV");
    }
  }
}
