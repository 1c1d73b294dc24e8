package io.autopulse.sink.staging.parquet;

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
  AMOUNT(Type.INT64),
  /** A share in millionths: decimal(9, 6). */
  SHARE(Type.INT32),
  /** True or false. */
  BOOLEAN(Type.BOOLEAN);

  private final Type physical;

  ColumnType(Type physical) {
    this.physical = physical;
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
      case AMOUNT -> decimal(column, 18, 2);
      case SHARE -> decimal(column, 9, 6);
      default -> {}
    }
  }

  private static void decimal(SchemaElement column, int precision, int scale) {
    column.setLogicalType(LogicalType.DECIMAL(new DecimalType(scale, precision)));
    column.setConverted_type(ConvertedType.DECIMAL);
    column.setPrecision(precision);
    column.setScale(scale);
  }
}
