package io.autopulse.testing.airbyte;

/** Records in the shape in which the market's APIs document them: what {@link MarketApis} hold. */
public final class ApiRecords {
  private ApiRecords() {}

  /** Returns what a station asks for a fuel since six o'clock of a day, in euros. */
  public static String price(String station, String fuel, String price, String day) {
    return """
        {"id": "%s", "cp": "75001", "ville": "Paris", "geom": {"lon": 2.34, "lat": 48.86}, "prix_nom": "%s", \
        "prix_valeur": %s, "prix_maj": "%sT06:00:00+00:00", "reg_name": "Île-de-France", "rupture_nom": null}"""
        .formatted(station, fuel, price, day);
  }

  /**
   * Returns a car: its plate, make, model as JSON, when it was first admitted anywhere, and
   * registered here.
   */
  public static String vehicle(String plate, String make, String model, String first, String here) {
    return """
        {"kenteken": "%s", "voertuigsoort": "Personenauto", "merk": "%s", "handelsbenaming": %s, \
        "datum_eerste_toelating_dt": "%sT00:00:00.000", "datum_eerste_tenaamstelling_in_nederland_dt": "%sT00:00:00.000"}"""
        .formatted(plate, make, model, first, here);
  }

  /** Returns the views of an article on a day, given as {@code yyyyMMddHH}. */
  public static String views(String article, String timestamp, String views) {
    return """
        {"project": "fr.wikipedia", "article": "%s", "granularity": "daily", "timestamp": "%s", \
        "access": "all-access", "agent": "user", "views": %s}"""
        .formatted(article, timestamp, views);
  }

  /** Returns a post of Anna's, written and seen at a time. */
  public static String post(String cid, String text, String at) {
    return """
        {"uri": "at://did:plc:anna/app.bsky.feed.post/%1$s", "cid": "%1$s", \
        "author": {"did": "did:plc:anna", "handle": "anna.bsky.social", "displayName": "Anna"}, \
        "record": {"$type": "app.bsky.feed.post", "text": "%2$s", "createdAt": "%3$s", "langs": ["en"]}, \
        "replyCount": 0, "repostCount": 1, "likeCount": 4, "quoteCount": 0, "indexedAt": "%3$s", \
        "viewer": {"threadMuted": false}, "labels": []}"""
        .formatted(cid, text, at);
  }
}
