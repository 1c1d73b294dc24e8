package io.autopulse.sink.staging;

import java.util.List;

/**
 * Published sales of which the run rejected records: what those say of them is missing, such as a
 * cancellation. Records whose id cannot be read, or is sensitive, are not among them.
 *
 * @param sales how many sales
 * @param examples up to three ids, in their order
 */
public record RejectedSales(long sales, List<String> examples) {
  /** Nothing published has a rejected record. */
  public static final RejectedSales NONE = new RejectedSales(0, List.of());

  /** The ids that rejected records name: counted under {@code feed/REJECTED_SALE/id}. */
  static final String IDS =
      """
      select distinct
          substr(key, length(split_part(key, '/', 1)) + length('/REJECTED_SALE/') + 1) as sale_id
      from {files}
      where split_part(key, '/', 2) = 'REJECTED_SALE'
      """;

  /** The published ones of them. */
  static final String PUBLISHED =
      """
      select sales.sale_id, count(*) over () as sales
      from {ids} as rejected
      inner join {core}.sales as sales on rejected.sale_id = sales.sale_id
      order by sales.sale_id
      limit 3
      """;

  /** Copies the list. */
  public RejectedSales {
    examples = List.copyOf(examples);
  }
}
