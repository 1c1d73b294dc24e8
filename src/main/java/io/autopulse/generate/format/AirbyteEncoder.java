package io.autopulse.generate.format;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** The envelope of Airbyte's S3 destination without flattening around each JSON object. */
final class AirbyteEncoder extends JsonEncoder {
  private final SplittableRandom random;
  private RecordBuffer out = new RecordBuffer(0);

  /**
   * Makes an encoder of a stream.
   *
   * @param columns the stream's fields
   * @param random where the records' ids come from
   */
  AirbyteEncoder(List<String> columns, SplittableRandom random) {
    super(columns);
    this.random = random;
  }

  @Override
  public void begin(RecordBuffer buffer, long extractedAtMillis) {
    out = buffer;
    UUID id =
        new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
    out.text("{\"_airbyte_raw_id\":\"")
        .text(id.toString())
        .text("\",\"_airbyte_extracted_at\":")
        .integer(extractedAtMillis)
        .text(",\"_airbyte_generation_id\":0,\"_airbyte_meta\":{\"sync_id\":")
        .integer(extractedAtMillis / 1000)
        .text(",\"changes\":[]},\"_airbyte_data\":");
    super.begin(buffer, extractedAtMillis);
  }

  @Override
  public void end() {
    out.ascii('}');
    super.end();
  }
}
