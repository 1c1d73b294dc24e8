package io.autopulse.web.state;

import java.util.Locale;

/** A language of the pages. */
public enum Language {
  /** English, with dates and marks of numbers as in the United Kingdom. */
  EN(Locale.UK),
  /** French. */
  FR(Locale.FRANCE);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** Returns how numbers and dates are written. */
  public Locale locale() {
    return locale;
  }

  /** Returns the code of the language, as URLs and pages have it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
