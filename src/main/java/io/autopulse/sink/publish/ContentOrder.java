package io.autopulse.sink.publish;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The order of the contents of sale versions of one moment and sequence, in SQL: that by which the
 * pipeline resolves them (docs/architecture.md, "Equal moments"), by the same columns. So of
 * contents that came by several runs or jobs the same is kept, whichever came first.
 */
public final class ContentOrder {
  private static final List<String> COLUMNS =
      List.of(
          "case %s.status when 'RETURNED' then 2 when 'CANCELLED' then 1 else 0 end",
          "%s.sold_at",
          "%s.net_price",
          "coalesce(%s.list_price, -1)",
          "coalesce(%s.model_id, '')",
          "%s.make",
          "%s.model",
          "%s.segment",
          "%s.powertrain",
          "%s.dealer_id",
          "%s.region",
          "coalesce(%s.channel, '')",
          "coalesce(%s.source, '')");

  private ContentOrder() {}

  /** Returns the condition that a relation's row has the key of another's. */
  public static String sameKey(String a, String b) {
    return """
    %1$s.sale_id = %2$s.sale_id
    and %1$s.updated_at = %2$s.updated_at
    and %1$s.sequence = %2$s.sequence"""
        .formatted(a, b);
  }

  /** Returns the condition that a relation's row has the content of another's. */
  public static String same(String a, String b) {
    return COLUMNS.stream()
        .map(column -> column.formatted(a) + " = " + column.formatted(b))
        .collect(Collectors.joining("\nand "));
  }

  /** Returns the condition that a relation's row has a greater content than another's. */
  public static String greater(String a, String b) {
    BiFunction<String, String, String> nest =
        (column, rest) ->
            "(%1$s > %2$s%3$s)"
                .formatted(
                    column.formatted(a),
                    column.formatted(b),
                    rest.isEmpty()
                        ? ""
                        : "\nor %s = %s and %s"
                            .formatted(column.formatted(a), column.formatted(b), rest));
    String condition = "";
    for (int i = COLUMNS.size() - 1; i >= 0; i--) {
      condition = nest.apply(COLUMNS.get(i), condition);
    }
    return condition;
  }
}
