package io.autopulse.transform.record;

import org.apache.beam.sdk.coders.BigEndianIntegerCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.values.KV;

/** The coder of blocks of sale versions, each with its shard. */
public final class SaleBlockCoder {
  /** Blocks keyed by shard. */
  public static final Coder<KV<Integer, byte[]>> BY_SHARD =
      KvCoder.of(BigEndianIntegerCoder.of(), ByteArrayCoder.of());

  private SaleBlockCoder() {}
}
