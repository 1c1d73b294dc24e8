package io.autopulse.generate.live;

import io.autopulse.generate.LandingLayout;
import io.autopulse.generate.LandingManifest;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.SalesFeed;
import io.autopulse.generate.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** Airbyte's files in a landing zone, one a second, each complete when it appears. */
final class LiveFiles implements LiveOutput {
  private final GenerateSpec spec;
  private final LandingLayout layout;
  private final RecordEncoder encoder;
  private final RecordBuffer records = new RecordBuffer(1 << 16);
  private int files;

  LiveFiles(World world) {
    spec = world.spec();
    layout = new LandingLayout(spec, world.calendar());
    encoder = spec.format().encoder(SalesFeed.COLUMNS, world.random(2));
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void sendReference(String feed, RecordBuffer content) throws IOException {
    write(spec.directory().resolve(layout.reference(feed)), content);
  }

  @Override
  public void add(SaleVersion version, Instant now) {
    SalesFeed.write(version, records, now.toEpochMilli(), encoder);
  }

  @Override
  public void flush(Instant now) throws IOException {
    if (records.size() > 0) {
      write(spec.directory().resolve(layout.sales(now.toEpochMilli(), files++)), records);
      records.clear();
    }
  }

  @Override
  public Path writeManifests() throws IOException {
    Files.writeString(
        spec.directory().resolve("refresh.yaml"), LandingManifest.refreshOfStream(spec, layout));
    return Files.writeString(
        spec.directory().resolve("live.yaml"), LandingManifest.liveFiles(spec, layout));
  }

  @Override
  public void close() {}

  private static void write(Path path, RecordBuffer content) throws IOException {
    Files.createDirectories(path.resolveSibling(""));
    Path part = path.resolveSibling(path.getFileName() + ".part");
    Files.write(part, content.toBytes());
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
