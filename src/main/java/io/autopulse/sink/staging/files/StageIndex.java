package io.autopulse.sink.staging.files;

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
 * Writes the index of the files that one branch of a pipeline staged for one table: the names of
 * those whose bundles succeeded, one a line. What no index names was left by a bundle that failed
 * and was tried again. Bounded, global window; a retry writes the same index.
 */
final class StageIndex extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String staging;
  private final String index;

  private StageIndex(String staging, String index) {
    this.staging = staging;
    this.index = index;
  }

  /** Returns the transform for the run's staging folder and the name of the index in it. */
  static StageIndex of(String staging, String index) {
    return new StageIndex(staging, index);
  }

  @Override
  public PDone expand(PCollection<String> files) {
    files
        .apply("All together", WithKeys.of((Void) null))
        .setCoder(org.apache.beam.sdk.coders.KvCoder.of(VoidCoder.of(), StringUtf8Coder.of()))
        .apply("Group", GroupByKey.create())
        .apply("Drop the key", org.apache.beam.sdk.transforms.Values.create())
        .apply("Write index", ParDo.of(new IndexFn(staging, index)));
    return PDone.in(files.getPipeline());
  }

  static final class IndexFn extends DoFn<Iterable<String>, Void> {
    private static final long serialVersionUID = 1L;
    private final String staging;
    private final String index;

    IndexFn(String staging, String index) {
      this.staging = staging;
      this.index = index;
    }

    @ProcessElement
    public void write(@Element Iterable<String> files) throws IOException {
      TreeSet<String> sorted = new TreeSet<>();
      files.forEach(sorted::add);
      try (WritableByteChannel channel = StagedFiles.create(staging, index)) {
        ByteBuffer lines = ByteBuffer.wrap((String.join("\n", sorted) + "\n").getBytes(UTF_8));
        while (lines.hasRemaining()) {
          channel.write(lines);
        }
      }
    }
  }
}
