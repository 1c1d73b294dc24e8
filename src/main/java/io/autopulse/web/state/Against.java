package io.autopulse.web.state;

import java.util.Locale;

/** What tables and charts compare a period with. */
public enum Against {
  /** The period before, to the same day. */
  BEFORE,
  /** The year before, to the same selling day. */
  YEAR;

  /** Returns its text in URLs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
