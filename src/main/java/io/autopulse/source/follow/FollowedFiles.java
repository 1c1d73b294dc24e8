package io.autopulse.source.follow;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FolderListing;
import io.autopulse.source.file.LandedFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@link FollowFiles} reads, as a source that never ends.
 *
 * @see FollowedFilesReader
 */
final class FollowedFiles extends UnboundedSource<RawBlock, FollowMark> {
  private static final long serialVersionUID = 2L;

  private final String pattern;
  private final FileFormat format;
  private final Duration poll;
  private final Duration quiet;
  private final Clock clock;

  FollowedFiles(String pattern, FileFormat format, Duration poll, Duration quiet, Clock clock) {
    this.pattern = pattern;
    this.format = format;
    this.poll = poll;
    this.quiet = FolderListing.appearsWhole(pattern) ? Duration.ZERO : quiet;
    this.clock = clock;
  }

  @Override
  public List<FollowedFiles> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public FollowedFilesReader createReader(PipelineOptions options, @Nullable FollowMark mark) {
    return new FollowedFilesReader(this, mark == null ? FollowMark.NOTHING : mark);
  }

  @Override
  public Coder<FollowMark> getCheckpointMarkCoder() {
    return new FollowMark.MarkCoder();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return new RawBlockCoder();
  }

  String pattern() {
    return pattern;
  }

  FileFormat format() {
    return format;
  }

  long pollMillis() {
    return poll.toMillis();
  }

  Duration quiet() {
    return quiet;
  }

  long now() {
    return clock.millis();
  }

  /** Returns the files that are there, those that landed first before the others. */
  List<LandedFile> landed() throws IOException {
    List<LandedFile> files = FolderListing.of(pattern);
    files.sort(
        Comparator.comparingLong((LandedFile file) -> file.stamp().modifiedAt())
            .thenComparing(LandedFile::path));
    return files;
  }
}
