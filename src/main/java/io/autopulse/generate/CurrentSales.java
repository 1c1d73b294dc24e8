package io.autopulse.generate;

import io.autopulse.generate.format.CsvEncoder;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.Dealer;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.Vehicle;
import io.autopulse.generate.world.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The version of each sale that counts, as the warehouse must hold it: names in the reference's
 * spelling.
 */
final class CurrentSales implements AutoCloseable {
  static final List<String> COLUMNS =
      List.of(
          "sale_id",
          "updated_at",
          "sequence",
          "status",
          "sold_at",
          "sold_on",
          "model_id",
          "make",
          "model",
          "segment",
          "powertrain",
          "dealer_id",
          "region",
          "list_price",
          "net_price",
          "currency",
          "channel",
          "source");

  private final World world;
  private final @Nullable OutputStream file;
  private final RecordEncoder encoder = new CsvEncoder();

  private CurrentSales(World world, @Nullable OutputStream file) {
    this.world = world;
    this.file = file;
  }

  /** Opens {@code truth/current_sales.csv}; if it is not wanted, what is written goes nowhere. */
  static CurrentSales open(World world, boolean wanted) throws IOException {
    if (!wanted) {
      return new CurrentSales(world, null);
    }
    Path folder = world.spec().directory().resolve("truth");
    Files.createDirectories(folder);
    OutputStream file = Files.newOutputStream(folder.resolve("current_sales.csv"));
    file.write((String.join(",", COLUMNS) + "\n").getBytes(StandardCharsets.UTF_8));
    return new CurrentSales(world, file);
  }

  /** Writes the sales. */
  void writeAll(List<SaleVersion> sales) throws IOException {
    if (file != null) {
      RecordBuffer buffer = new RecordBuffer(1 << 16);
      sales.forEach(sale -> write(sale, buffer));
      buffer.writeTo(file);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private void write(SaleVersion v, RecordBuffer out) {
    Vehicle vehicle = v.vehicle();
    Dealer dealer = v.dealer();
    encoder.begin(out, 0);
    encoder.text(v.saleId());
    encoder.millis(v.updatedAt());
    encoder.integer(v.sequence());
    encoder.text(v.status().name());
    encoder.seconds(v.soldAt());
    encoder.text(world.calendar().date(v.day()).toString());
    encoder.text(vehicle.modelId());
    encoder.text(vehicle.make());
    encoder.text(vehicle.model());
    encoder.text(vehicle.segment());
    encoder.text(vehicle.powertrain());
    encoder.text(dealer == null ? "UNKNOWN" : dealer.dealerId());
    encoder.text(v.region() < 0 ? "UNKNOWN" : world.network().regions().get(v.region()));
    encoder.moneyIfAny(v.effectiveListPrice());
    encoder.money(v.netPrice());
    encoder.text("EUR");
    encoder.text(v.channel());
    encoder.text(v.source());
    encoder.end();
  }
}
