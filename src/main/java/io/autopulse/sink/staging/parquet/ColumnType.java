package io.autopulse.sink.staging.parquet;

import io.autopulse.warehouse.table.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** The types of columns that the core tables need. */
enum ColumnType {
  /** Text, UTF-8. */
  TEXT(Type.BYTE_ARRAY),
  /** A whole number of 32 bits. */
  INTEGER(Type.INT32),
  /** A whole number of 64 bits. */
  BIGINT(Type.INT64),
  /** Days since 1970-01-01. */
  DATE(Type.INT32),
  /** Microseconds since 1970-01-01T00:00:00, without a zone. */
  TIMESTAMP(Type.INT64),
  /** An amount in cents: decimal(18, 2). */
  AMOUNT(Type.INT64, 18, 2),
  /** A price in ten thousandths: decimal(18, 4). */
  UNIT_PRICE(Type.INT64, 18, 4),
  /** A measure in millionths: decimal(18, 6). */
  MEASURE(Type.INT64, 18, 6),
  /** A share in millionths: decimal(9, 6). */
  SHARE(Type.INT32, 9, 6),
  /** True or false. */
  BOOLEAN(Type.BOOLEAN);

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final DateTimeFormatter SECONDS =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private final Type physical;
  private final int precision;
  private final int scale;

  ColumnType(Type physical) {
    this(physical, 0, 0);
  }

  ColumnType(Type physical, int precision, int scale) {
    this.physical = physical;
    this.precision = precision;
    this.scale = scale;
  }

  /** Returns how values of a type of the core tables are written. */
  static ColumnType of(SqlType type) {
    return switch (type) {
      case TEXT -> TEXT;
      case INTEGER -> BIGINT;
      case DATE -> DATE;
      case TIMESTAMP -> TIMESTAMP;
      case BOOLEAN -> BOOLEAN;
      case AMOUNT -> AMOUNT;
      case UNIT_PRICE -> UNIT_PRICE;
      case MEASURE -> MEASURE;
      case SHARE -> SHARE;
      case SECONDS -> throw new IllegalArgumentException("no staged table has seconds");
    };
  }

  Type physical() {
    return physical;
  }

  /** Says in a column's schema what its values mean, in the new form and in the old one. */
  void describe(SchemaElement column) {
    switch (this) {
      case TEXT -> {
        column.setLogicalType(LogicalType.STRING(new StringType()));
        column.setConverted_type(ConvertedType.UTF8);
      }
      case DATE -> {
        column.setLogicalType(LogicalType.DATE(new DateType()));
        column.setConverted_type(ConvertedType.DATE);
      }
      case TIMESTAMP ->
          column.setLogicalType(
              LogicalType.TIMESTAMP(new TimestampType(false, TimeUnit.MICROS(new MicroSeconds()))));
      case AMOUNT, UNIT_PRICE, MEASURE, SHARE -> describeDecimal(column);
      case INTEGER, BIGINT, BOOLEAN -> {}
    }
  }

  private void describeDecimal(SchemaElement column) {
    column.setLogicalType(LogicalType.DECIMAL(new DecimalType(scale, precision)));
    column.setConverted_type(ConvertedType.DECIMAL);
    column.setPrecision(precision);
    column.setScale(scale);
  }

  /**
   * Returns the number that stands for a value: a whole number, days, microseconds or a decimal
   * without its point, whose excess digits are rounded as warehouses round them, half away from
   * zero.
   *
   * @throws IllegalArgumentException if the text is no value of this type, or one out of its range
   */
  long number(String text) {
    try {
      return switch (this) {
        case INTEGER -> Integer.parseInt(text);
        case BIGINT -> Long.parseLong(text);
        case DATE -> LocalDate.parse(text).toEpochDay();
        case TIMESTAMP -> ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(text, SECONDS));
        case AMOUNT, UNIT_PRICE, MEASURE, SHARE -> unscaled(new BigDecimal(text));
        case TEXT, BOOLEAN -> throw new IllegalArgumentException(this + " is no number");
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no " + this, e);
    }
  }

  private long unscaled(BigDecimal value) {
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    if (rounded.precision() > precision) {
      throw new IllegalArgumentException(
          value + " does not fit decimal(" + precision + ", " + scale + ")");
    }
    return rounded.unscaledValue().longValueExact();
  }
}
