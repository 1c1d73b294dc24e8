package io.autopulse.transform.sales;

import io.autopulse.domain.feed.parse.ReferenceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes a reference record as its key, its time, its texts and its amount. */
public final class ReferenceRecordCoder extends AtomicCoder<ReferenceRecord> {
  private static final long serialVersionUID = 1L;
  private static final ListCoder<String> TEXTS = ListCoder.of(StringUtf8Coder.of());

  @Override
  public void encode(ReferenceRecord value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.key(), out);
    VarLongCoder.of().encode(value.updatedAt(), out);
    TEXTS.encode(value.values(), out);
    VarLongCoder.of().encode(value.amount(), out);
  }

  @Override
  public ReferenceRecord decode(InputStream in) throws IOException {
    String key = StringUtf8Coder.of().decode(in);
    long updatedAt = VarLongCoder.of().decode(in);
    List<String> values = TEXTS.decode(in);
    return new ReferenceRecord(key, updatedAt, values, VarLongCoder.of().decode(in));
  }
}
