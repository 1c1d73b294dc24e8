package io.autopulse.domain.market;

import io.autopulse.domain.feed.Feed;
import java.util.regex.Pattern;

/**
 * What a record of a market feed says of one figure, without anything of a person.
 *
 * @param kind what it says
 * @param slice the parts of the figure's key without its day of knowledge, joined by U+001F
 * @param source which record of its source it is: extractions of one record have the same
 * @param moment of a price, microseconds UTC: a station's last price of a day is that day's; else 0
 * @param extractedAt microseconds UTC; of two extractions of a record the later one wins
 * @param knownOn the business date, days since 1970-01-01, on which it was extracted
 * @param dated whether the source told when it was extracted; else the period's end stands for it
 * @param extent what its extraction has beside it, and so withdraws by lacking it
 * @param value units, views, a price in ten thousandths, or a sentiment in ten thousandths
 * @param counted whether it stands for its record in the counts: a post may name several topics
 * @param origin tells the file or table that it was read from; of others it may have the same
 */
public record Observation(
    Kind kind,
    String slice,
    String source,
    long moment,
    long extractedAt,
    int knownOn,
    boolean dated,
    Extent extent,
    long value,
    boolean counted,
    long origin) {
  /** Makes an observation that was read from wherever others were. */
  public Observation(
      Kind kind,
      String slice,
      String source,
      long moment,
      long extractedAt,
      int knownOn,
      boolean dated,
      Extent extent,
      long value,
      boolean counted) {
    this(kind, slice, source, moment, extractedAt, knownOn, dated, extent, value, counted, 0);
  }

  /** Returns the same, read from a file or table. */
  public Observation readFrom(long file) {
    return new Observation(
        kind, slice, source, moment, extractedAt, knownOn, dated, extent, value, counted, file);
  }

  /** What an observation says. */
  public enum Kind {
    /** Vehicles registered. */
    UNITS(MarketTable.MARKET_REGISTRATIONS, Feed.REGISTRATIONS),
    /** A station's price. */
    PRICE(MarketTable.FUEL_PRICES, Feed.FUEL_PRICES),
    /** Views of a page. */
    VIEWS(MarketTable.MARKET_ATTENTION, Feed.ATTENTION),
    /** How kind a post is. */
    SENTIMENT(MarketTable.MARKET_ATTENTION, Feed.SOCIAL);

    private final MarketTable table;
    private final Feed feed;

    Kind(MarketTable table, Feed feed) {
      this.table = table;
      this.feed = feed;
    }

    /** Returns the table of the figures that it becomes a part of. */
    public MarketTable table() {
      return table;
    }

    /** Returns the feed that it comes from. */
    public Feed feed() {
      return feed;
    }
  }

  /** What an extraction has of a source, from which follows what it withdraws. */
  public enum Extent {
    /** Events or changes only: it withdraws nothing. */
    CHANGES,
    /**
     * Every row of each of its periods and regions: it withdraws the records that it lacks there.
     */
    PERIODS,
    /** The same, and every period of a region from its first to its last ({@link ExtractGaps}). */
    WHOLE,
    /** No record: a {@link #gap}. */
    GAP
  }

  private static final Pattern PERIOD_AND_REGION =
      Pattern.compile("^([^\u001f]*\u001f[^\u001f]*\u001f[^\u001f]*)\u001f.*$", Pattern.DOTALL);

  /** Between the parts of a slice: no accepted text holds it. */
  public static final char SEPARATOR = '\u001f';

  /**
   * Returns what tells the extracts that it may be in from all others. Registrations are extracted
   * by period and region: an extract has all their makes and models, and what it lacks is
   * withdrawn. Other observations know only those of their own figure.
   */
  public String scope() {
    String table = kind.table().name();
    return kind == Kind.UNITS
        ? slice(table, PERIOD_AND_REGION.matcher(slice).replaceFirst("$1"))
        : slice(table, slice);
  }

  /**
   * Returns what takes back the records of a period and region: an extract spans it and lacks it.
   *
   * @param period first day of the period
   * @param grainAndRegion as of {@link #grainAndRegion()}
   * @param gap which extract lacks it
   * @param revision of two of a period and day the higher one holds
   */
  public static Observation gap(
      String period, String grainAndRegion, ExtractGaps.Gap gap, long revision) {
    return new Observation(
        Kind.UNITS,
        slice(period, grainAndRegion, ""),
        "",
        0,
        gap.until(),
        gap.day(),
        true,
        Extent.GAP,
        revision,
        false);
  }

  /** Tells whether this is no record, but what takes back those of its scope. */
  public boolean isGap() {
    return extent == Extent.GAP;
  }

  /** Returns the first day of the period of registrations. */
  public String period() {
    return slice.substring(0, slice.indexOf(SEPARATOR));
  }

  /** Returns the grain and region of registrations: an extract has periods of each of them. */
  public String grainAndRegion() {
    int grain = slice.indexOf(SEPARATOR) + 1;
    int region = slice.indexOf(SEPARATOR, grain) + 1;
    return slice.substring(grain, slice.indexOf(SEPARATOR, region));
  }

  /** Returns the slice of its parts. */
  public static String slice(String... parts) {
    return String.join(String.valueOf(SEPARATOR), parts);
  }
}
