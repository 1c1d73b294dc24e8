package io.autopulse.sink.staging;

import io.autopulse.warehouse.SqlFile;
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
  static final String IDS = SqlFile.read(RejectedSales.class, "rejected-sale-ids");

  /** The published ones of them. */
  static final String PUBLISHED = SqlFile.read(RejectedSales.class, "rejected-published-sales");

  /** Copies the list. */
  public RejectedSales {
    examples = List.copyOf(examples);
  }
}
