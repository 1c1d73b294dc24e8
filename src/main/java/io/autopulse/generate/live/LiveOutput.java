package io.autopulse.generate.live;

import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.world.SaleVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Where the records of a stream go. */
interface LiveOutput extends Closeable {
  /** Returns how long records are gathered before they are sent. */
  Duration interval();

  /** Sends the vehicles or dealers, a record a line. */
  void sendReference(String feed, RecordBuffer records) throws IOException;

  /** Takes a record of sales on its way, at the end of the line that it makes. */
  void add(SaleVersion version, Instant now);

  /** Sends what was added; it has arrived when the method returns. */
  void flush(Instant now) throws IOException;

  /** Writes the manifests of the jobs that read the records; returns the live one's. */
  Path writeManifests() throws IOException;
}
