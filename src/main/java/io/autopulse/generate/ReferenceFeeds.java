package io.autopulse.generate;

import io.autopulse.generate.format.CsvEncoder;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.World;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the vehicles and dealers feeds: one record each, in the spelling that is published. */
public final class ReferenceFeeds {
  private static final List<String> VEHICLES =
      List.of("model_id", "make", "model", "segment", "powertrain", "list_price", "updated_at");
  private static final List<String> DEALERS =
      List.of("dealer_id", "dealer_name", "region", "updated_at");
  private static final long YEAR_MILLIS = 365L * 86_400_000;

  private final World world;
  private final long extractedAt;

  /** Makes the reference feeds of a world. */
  public ReferenceFeeds(World world) {
    this.world = world;
    this.extractedAt = world.calendar().secondAt(0) * 1000;
  }

  /** Returns the bytes of the vehicles feed. */
  public RecordBuffer vehicles() {
    return feed(
        VEHICLES,
        -3,
        (out, encoder) ->
            world
                .catalogue()
                .vehicles()
                .forEach(
                    vehicle -> {
                      encoder.begin(out, extractedAt);
                      encoder.text(vehicle.modelId());
                      encoder.text(vehicle.make());
                      encoder.text(vehicle.model());
                      encoder.text(vehicle.segment());
                      encoder.text(vehicle.powertrain());
                      encoder.moneyIfAny(vehicle.listed() ? vehicle.priceCents() : -1);
                      encoder.millis(updatedAt(vehicle.index()));
                      encoder.end();
                    }));
  }

  /** Returns the bytes of the dealers feed. */
  public RecordBuffer dealers() {
    return feed(
        DEALERS,
        -4,
        (out, encoder) ->
            world
                .network()
                .dealers()
                .forEach(
                    dealer -> {
                      encoder.begin(out, extractedAt);
                      encoder.text(dealer.dealerId());
                      encoder.text(dealer.name());
                      encoder.text(world.network().regions().get(dealer.region()));
                      encoder.millis(updatedAt(dealer.index()));
                      encoder.end();
                    }));
  }

  private RecordBuffer feed(
      List<String> columns, long part, BiConsumer<RecordBuffer, RecordEncoder> records) {
    RecordBuffer out = new RecordBuffer(1 << 14);
    if (world.spec().format() == LandingFormat.CSV) {
      CsvEncoder.header(columns, out);
    }
    records.accept(out, world.spec().format().encoder(columns, world.random(part)));
    return out;
  }

  /** Returns an instant of the year before the first sale. */
  private long updatedAt(int index) {
    return extractedAt - YEAR_MILLIS + index * 997_003L % YEAR_MILLIS;
  }
}
