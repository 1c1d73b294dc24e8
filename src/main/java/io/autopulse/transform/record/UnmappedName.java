package io.autopulse.transform.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.KV;

/**
 * A name of a market feed that the manifest's mappings do not know.
 *
 * @param feed the feed's name
 * @param field the field's name
 * @param name the name, as a member name
 */
public record UnmappedName(String feed, String field, String name)
    implements Comparable<UnmappedName> {
  private static final Comparator<UnmappedName> ORDER =
      Comparator.comparing(UnmappedName::feed)
          .thenComparing(UnmappedName::field)
          .thenComparing(UnmappedName::name);

  /** The coder of names and how many records have them. */
  public static final Coder<KV<UnmappedName, Long>> COUNTS =
      KvCoder.of(new NameCoder(), VarLongCoder.of());

  @Override
  public int compareTo(UnmappedName other) {
    return ORDER.compare(this, other);
  }

  private static final class NameCoder extends AtomicCoder<UnmappedName> {
    private static final long serialVersionUID = 1L;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    @Override
    public void encode(UnmappedName value, OutputStream out) throws IOException {
      TEXT.encode(value.feed(), out);
      TEXT.encode(value.field(), out);
      TEXT.encode(value.name(), out);
    }

    @Override
    public UnmappedName decode(InputStream in) throws IOException {
      return new UnmappedName(TEXT.decode(in), TEXT.decode(in), TEXT.decode(in));
    }
  }
}
