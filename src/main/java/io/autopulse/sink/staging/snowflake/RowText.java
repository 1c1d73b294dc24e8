package io.autopulse.sink.staging.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.block.LittleEndian;
import io.autopulse.warehouse.snowflake.JavaTimeConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO;
import org.jspecify.annotations.Nullable;

/**
 * Rows of texts, encoded one by one ({@link io.autopulse.sink.staging.parquet.TextRows#encode}), as
 * lines of SnowflakeIO's CSV. A null is a field of nothing, which Snowflake loads as null; every
 * text stands between quotation marks, an empty one too, and is cast to its column's type.
 */
public final class RowText implements SnowflakeIO.UserDataMapper<byte[]> {
  private static final long serialVersionUID = 1L;

  /** SnowflakeIO's quotation mark, unless it is told another. */
  private static final char QUOTE = '\'';

  @Override
  public Object[] mapRow(byte[] row) {
    StringBuilder line = new StringBuilder(row.length);
    String separator = "";
    for (String text : texts(row)) {
      line.append(separator);
      if (text != null) {
        line.append(QUOTE).append(field(text).replace("'", "''")).append(QUOTE);
      }
      separator = ",";
    }
    // SnowflakeIO puts each text between quotation marks by String.format, a quarter of the CPU of
    // a run. What is no String it takes as it is.
    return new Object[] {line};
  }

  /** Returns the texts of an encoded row. */
  public static List<@Nullable String> texts(byte[] row) {
    List<@Nullable String> texts = new ArrayList<>();
    int at = 0;
    while (at < row.length) {
      int length = LittleEndian.getInt(row, at);
      at += 4;
      if (length < 0) {
        texts.add(null);
      } else {
        texts.add(new String(row, at, length, UTF_8));
        at += length;
      }
    }
    return texts;
  }

  /**
   * Returns the field of a text. Snowflake's COPY takes {@code \N} for null, between quotation
   * marks too: texts of backslashes and an N are given one backslash more, which {@link
   * StagingTable#source} takes away.
   */
  static String field(String text) {
    if (text.length() < 2 || text.charAt(text.length() - 1) != 'N') {
      return text;
    }
    for (int i = 0; i < text.length() - 1; i++) {
      if (text.charAt(i) != '\\') {
        return text;
      }
    }
    return "\\" + text;
  }

  /** Returns the text of microseconds since 1970-01-01T00:00Z. */
  public static String time(long micros) {
    return JavaTimeConnection.TIMESTAMP.format(
        LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC));
  }

  /** Returns the text of days since 1970-01-01. */
  static String day(int days) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(LocalDate.ofEpochDay(days));
  }

  /** Returns the text of a number without its decimal point, or null if it stands for no number. */
  static @Nullable String number(long unscaled, int scale, long none) {
    return unscaled == none ? null : BigDecimal.valueOf(unscaled, scale).toPlainString();
  }
}
