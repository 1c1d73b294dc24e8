package io.autopulse.transform.record;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Encodes a rejected record as its texts, one after the other. */
public final class RejectedRecordCoder extends AtomicCoder<RejectedRecord> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  @Override
  public void encode(RejectedRecord value, OutputStream out) throws IOException {
    TEXT.encode(value.feed(), out);
    TEXT.encode(value.origin(), out);
    TEXT.encode(value.step(), out);
    TEXT.encode(value.rejection().code().name(), out);
    TEXT.encode(value.rejection().field(), out);
    TEXT.encode(value.rejection().message(), out);
    TEXT.encode(value.raw(), out);
    TEXT.encode(value.format(), out);
    TEXT.encode(value.header(), out);
  }

  @Override
  public RejectedRecord decode(InputStream in) throws IOException {
    String feed = TEXT.decode(in);
    String origin = TEXT.decode(in);
    String step = TEXT.decode(in);
    Rejection rejection =
        new Rejection(RejectCode.valueOf(TEXT.decode(in)), TEXT.decode(in), TEXT.decode(in));
    return new RejectedRecord(
        feed, origin, step, rejection, TEXT.decode(in), TEXT.decode(in), TEXT.decode(in));
  }
}
