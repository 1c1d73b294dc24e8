package io.autopulse.source;

import io.autopulse.domain.quality.RawBlock;
import java.time.Clock;
import java.time.Duration;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The unbounded twin of {@link ReadFiles}: the files that a pattern matches now, and those that
 * appear while the job runs, as blocks of whole records; never ends. A file is read once, in the
 * order of landing. Files are immutable: write one under a name that begins with {@code .} or
 * {@code _} or ends in {@code .tmp} or {@code .part}, and rename it when it is complete; what is
 * appended later is not read.
 *
 * <p>The event time is the time of transport, the file's last modification, and not the sale's. The
 * watermark is that of the oldest file that is not read yet, or now if all are. One reader; a
 * restart goes on behind the last block of the checkpoint.
 */
public final class FollowFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final FollowedFiles files;

  private FollowFiles(FollowedFiles files) {
    this.files = files;
  }

  /**
   * Returns the transform.
   *
   * @param pattern a glob of any file system that Beam knows
   * @param poll how often to look for new files
   * @param clock says what is now; must be serializable
   */
  public static FollowFiles matching(
      String pattern, FileFormat format, Duration poll, Clock clock) {
    return new FollowFiles(new FollowedFiles(pattern, format, poll, clock));
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin.apply("Follow", Read.from(files));
  }
}
