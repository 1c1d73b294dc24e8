package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.problem.RejectCode;
import java.time.LocalDate;
import java.util.List;

/** The rules of a price that a fuel station told. */
final class FuelPriceRules implements MarketParser.Rules {
  private static final int STATION_ID = Feed.FUEL_PRICES.indexOf("station_id");
  private static final int FUEL = Feed.FUEL_PRICES.indexOf("fuel");
  private static final int REGION = Feed.FUEL_PRICES.indexOf("region");
  private static final int PRICE_AT = Feed.FUEL_PRICES.indexOf("price_at");
  private static final int PRICE = Feed.FUEL_PRICES.indexOf("price");
  private static final int CURRENCY = Feed.FUEL_PRICES.indexOf("currency");

  private final RecordFields fields;
  private final MarketNames names;
  private final String currency;

  FuelPriceRules(RecordFields fields, MarketNames names, String currency) {
    this.fields = fields;
    this.names = names;
    this.currency = currency;
  }

  @Override
  public List<Observation> read() {
    String station = RecordFields.hashed(fields.required(STATION_ID));
    String fuel = fields.mapped(names.fuels(), FUEL, fields.name(FUEL));
    String region = fields.mapped(names.regions(), REGION, fields.attribute(REGION));
    long moment = fields.moment(PRICE_AT);
    long price = fields.number(PRICE, 4);
    if (price <= 0) {
      fields.reject(RejectCode.PRICE_NOT_POSITIVE, PRICE);
    }
    if (price > MarketParser.HIGHEST_FUEL_PRICE) {
      fields.reject(RejectCode.PRICE_OUT_OF_RANGE, PRICE);
    }
    fields.requireCurrency(CURRENCY, currency);
    int day = fields.dateOf(moment);
    String slice = Observation.slice(LocalDate.ofEpochDay(day).toString(), region, fuel);
    return List.of(fields.known(Kind.PRICE, slice, station, moment, day, price, true));
  }
}
