package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes the index of a run's staging: the names of the files whose bundles succeeded, one a line.
 * What the index does not name was left by a bundle that failed and was tried again. Bounded,
 * global window; a retry writes the same index.
 */
public final class StageIndex extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String staging;

  private StageIndex(String staging) {
    this.staging = staging;
  }

  /** Returns the transform for the run's staging folder. */
  public static StageIndex in(String staging) {
    return new StageIndex(staging);
  }

  @Override
  public PDone expand(PCollection<String> files) {
    files
        .apply("All together", WithKeys.of((Void) null))
        .setCoder(org.apache.beam.sdk.coders.KvCoder.of(VoidCoder.of(), StringUtf8Coder.of()))
        .apply("Group", GroupByKey.create())
        .apply("Drop the key", org.apache.beam.sdk.transforms.Values.create())
        .apply("Write index", ParDo.of(new IndexFn(staging)));
    return PDone.in(files.getPipeline());
  }

  static final class IndexFn extends DoFn<Iterable<String>, Void> {
    private static final long serialVersionUID = 1L;
    private final String staging;

    IndexFn(String staging) {
      this.staging = staging;
    }

    @ProcessElement
    public void write(@Element Iterable<String> files) throws IOException {
      TreeSet<String> sorted = new TreeSet<>();
      files.forEach(sorted::add);
      try (WritableByteChannel channel = BlockFiles.create(staging, BlockFiles.INDEX)) {
        ByteBuffer lines = ByteBuffer.wrap((String.join("\n", sorted) + "\n").getBytes(UTF_8));
        while (lines.hasRemaining()) {
          channel.write(lines);
        }
      }
    }
  }
}
