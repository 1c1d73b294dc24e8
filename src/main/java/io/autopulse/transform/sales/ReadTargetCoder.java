package io.autopulse.transform.sales;

import io.autopulse.domain.feed.parse.ReadTarget;
import io.autopulse.domain.sale.Target;
import io.autopulse.transform.record.RejectedRecordCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes a target that was read as the target and its record. */
final class ReadTargetCoder extends AtomicCoder<ReadTarget> {
  private static final long serialVersionUID = 1L;
  private static final TargetCoder TARGET = new TargetCoder();
  private static final RejectedRecordCoder RECORD = new RejectedRecordCoder();

  @Override
  public void encode(ReadTarget value, OutputStream out) throws IOException {
    TARGET.encode(value.target(), out);
    RECORD.encode(value.record(), out);
  }

  @Override
  public ReadTarget decode(InputStream in) throws IOException {
    Target target = TARGET.decode(in);
    return new ReadTarget(target, RECORD.decode(in));
  }
}
