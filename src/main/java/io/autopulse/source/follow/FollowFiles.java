package io.autopulse.source.follow;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.batch.ReadFiles;
import io.autopulse.source.file.DataFileName;
import io.autopulse.source.file.FileFormat;
import java.time.Clock;
import java.time.Duration;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The unbounded twin of {@link ReadFiles}: the files that a pattern matches now, and those that
 * appear while the job runs, as blocks of whole records; never ends. A file is read when its size
 * and its last modification have been the same for a while, a file without an end of its last line
 * after half a minute. It is read again, whole, when it has changed since; the records that were
 * known are dropped further on. A hidden or incomplete file ({@link DataFileName}) is none yet. A
 * file that cannot be read, or is of another kind, gives a block of the format {@link
 * RawBlock.Format#NOTICE} and holds up no other.
 *
 * <p>The event time is the time of transport, the file's last modification but never later than
 * now, and not the sale's. The watermark is that of the oldest file that is not read yet, or now if
 * all are. One reader; a restart goes on behind the last block of the checkpoint.
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
   * @param quiet how long a file must have been the same; zero if files are renamed into place, and
   *     in S3, where they appear whole
   * @param clock says what is now; must be serializable
   */
  public static FollowFiles matching(
      String pattern, FileFormat format, Duration poll, Duration quiet, Clock clock) {
    return new FollowFiles(new FollowedFiles(pattern, format, poll, quiet, clock));
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin.apply("Follow", Read.from(files));
  }
}
