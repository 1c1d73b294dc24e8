package io.autopulse.domain.sale;

/** What a sale version does to the KPI cells that it belongs to. */
public enum Change {
  /** It is in them: the bounded case, where only its fate matters. */
  NONE(0, 0),
  /** It enters: its measures are added. */
  ENTERS(1, 1),
  /** A higher version of its sale took its place: its measures are taken out again. */
  LEAVES(-1, 1),
  /** It came after a higher version of its sale: it entered and left in the past. */
  PASSED(0, 2);

  private final int sign;
  private final int revisions;

  Change(int sign, int revisions) {
    this.sign = sign;
    this.revisions = revisions;
  }

  /** Returns what the measures are multiplied by. */
  public int sign() {
    return sign;
  }

  /** Returns how many changes the cells' revision counts for it. */
  public int revisions() {
    return revisions;
  }
}
