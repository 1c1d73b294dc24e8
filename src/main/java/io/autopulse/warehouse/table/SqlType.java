package io.autopulse.warehouse.table;

/** The types of the core tables' columns, as the migrations write them for every warehouse. */
public enum SqlType {
  /** Text, UTF-8. */
  TEXT("varchar"),
  /** A whole number of 64 bits. */
  INTEGER("bigint"),
  /** A business date. */
  DATE("date"),
  /** A moment of microseconds, without a zone. */
  TIMESTAMP("timestamp"),
  /** True or false. */
  BOOLEAN("boolean"),
  /** An amount in the reporting currency, in hundredths. */
  AMOUNT(18, 2),
  /** A duration in seconds, in thousandths. */
  SECONDS(18, 3),
  /** The price of a unit, in ten thousandths. */
  UNIT_PRICE(18, 4),
  /** An average, a rate or an index, in millionths. */
  MEASURE(18, 6),
  /** A share of one, in millionths. */
  SHARE(9, 6);

  private final String sql;

  SqlType(String sql) {
    this.sql = sql;
  }

  SqlType(int precision, int scale) {
    this("decimal(" + precision + ", " + scale + ")");
  }

  /** Returns the type's name in SQL, such as {@code decimal(18, 2)}. */
  public String sql() {
    return sql;
  }
}
