package io.autopulse.sink.staging.snowflake;

/**
 * A column of a table that SnowflakeIO loads.
 *
 * @param name an identifier
 * @param type Snowflake's type; texts are {@link #TEXT}
 */
record StagingColumn(String name, String type) {
  static final String TEXT = "varchar";
  static final String INTEGER = "number(38, 0)";
  static final String AMOUNT = "number(18, 2)";
  static final String SHARE = "number(9, 6)";
  static final String DAY = "date";
  static final String TIME = "timestamp_ntz(9)";
  static final String FLAG = "boolean";

  /** Returns the definition in a table. */
  String definition() {
    return name + " " + type;
  }

  /** Returns the expression that gives the column's value back: see {@link RowText#field}. */
  String value() {
    return type.equals(TEXT)
        ? "case when replace(%1$s, chr(92), '') = 'N' and right(%1$s, 1) = 'N' and length(%1$s) > 2 then substr(%1$s, 2) else %1$s end as %1$s"
            .formatted(name)
        : name;
  }
}
