package io.autopulse.sink.staging.snowflake;

import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.table.SqlType;
import io.autopulse.warehouse.table.TableColumn;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table of a run that SnowflakeIO loads with the rows of a {@link StagedTable}: its name is
 * {@code STG_<table>_rows__<run>}, and the relation that the publisher reads is a view of it.
 *
 * @param staged what the rows are
 */
public record StagingTable(StagedTable staged) implements Serializable {
  /** Returns the table of what is staged. */
  public static StagingTable of(StagedTable staged) {
    return new StagingTable(staged);
  }

  /** Gives the encoded rows of a block. */
  void rows(byte[] block, Consumer<byte[]> out) {
    switch (staged) {
      case SALE_VERSIONS -> BlockRows.ofSaleVersions(block, out);
      case SALES_KPI -> BlockRows.ofKpis(block, out);
      default -> out.accept(block);
    }
  }

  /** Returns the names of the columns, in the order of a row's texts. */
  public List<String> names() {
    return staged.columns().stream().map(TableColumn::name).toList();
  }

  /** Returns the table's name in a run. */
  String in(StagingNames names) {
    return names.relation(staged + "_rows");
  }

  /** Returns the statement that makes the table of a run. */
  String create(StagingNames names) {
    return staged.columns().stream()
        .map(column -> column.name() + " " + type(column.type()))
        .collect(Collectors.joining(", ", "create table " + in(names) + " (", ")"));
  }

  // What an account takes a plain timestamp for is one of its settings.
  private static String type(SqlType type) {
    return type == SqlType.TIMESTAMP ? "timestamp_ntz(9)" : type.sql();
  }

  /** Returns what may stand after {@code from} and gives the rows as they were staged. */
  String source(StagingNames names) {
    return staged.columns().stream()
        .map(StagingTable::value)
        .collect(Collectors.joining(", ", "(select ", " from " + in(names) + ") as staged"));
  }

  /** Returns the expression that gives a column's value back: see {@link RowText#field}. */
  private static String value(TableColumn column) {
    return column.type() == SqlType.TEXT
        ? "case when replace(%1$s, chr(92), '') = 'N' and right(%1$s, 1) = 'N' and length(%1$s) > 2 then substr(%1$s, 2) else %1$s end as %1$s"
            .formatted(column.name())
        : column.name();
  }
}
