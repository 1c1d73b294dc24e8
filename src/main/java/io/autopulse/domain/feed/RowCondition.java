package io.autopulse.domain.feed;

import java.io.Serializable;
import java.util.List;

/**
 * A condition under which a feed's rows are skipped: of one column of the source, which need not be
 * a field's.
 *
 * @param column the source's header, column or JSON key
 * @param test what its value must be
 * @param texts what it is compared with; none for {@link Test#ABSENT} and {@link Test#PRESENT}
 */
public record RowCondition(String column, Test test, List<String> texts) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a value must be for its row to be skipped. */
  public enum Test {
    /** One of the texts. */
    IS,
    /** None of the texts. */
    IS_NOT,
    /** Of the form of one of the texts, in which {@code *} and {@code %} stand for any text. */
    LIKE,
    /** Blank, or a text that stands for an absent value. */
    ABSENT,
    /** There. */
    PRESENT
  }

  /** Copies the texts. */
  public RowCondition {
    texts = List.copyOf(texts);
  }
}
