package io.autopulse.domain.sale;

/**
 * What a sale version says of the sale. Stored as the ordinal in blocks: append only, never
 * reorder.
 */
public enum SaleStatus {
  /** The vehicle is sold: a unit and its revenue count. */
  SOLD,
  /** The sale was cancelled before delivery. */
  CANCELLED,
  /** The vehicle came back after delivery. */
  RETURNED
}
