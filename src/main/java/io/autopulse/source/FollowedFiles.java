package io.autopulse.source;

import io.autopulse.domain.quality.RawBlock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
    List<LandedFile> files = new ArrayList<>();
    for (LandedFile file : FolderListing.of(pattern)) {
      if (isComplete(String.valueOf(Path.of(file.path()).getFileName()))) {
        files.add(file);
      }
    }
    files.sort(
        Comparator.comparingLong((LandedFile file) -> file.stamp().modifiedAt())
            .thenComparing(LandedFile::path));
    return files;
  }

  private static boolean isComplete(String name) {
    return !name.startsWith(".")
        && !name.startsWith("_")
        && !name.endsWith(".tmp")
        && !name.endsWith(".part");
  }

  /** Tells whether a file ends with the end of a line, or may be taken for one that does. */
  boolean endsWithALine(LandedFile file) {
    long bytes = file.stamp().bytes();
    String path = file.path();
    if (bytes <= 0 || TextFiles.isGzip(path) || FolderListing.appearsWhole(path)) {
      return true;
    }
    try (InputStream in = Channels.newInputStream(TextFiles.openAt(path, Math.max(0, bytes - 2)))) {
      byte[] end = in.readNBytes(2);
      byte last = end.length == 0 ? 0 : end[end.length - 1];
      boolean wide = !format.isAsciiCompatible() && last == 0 && end.length == 2;
      return isLineEnd(wide ? end[0] : last);
    } catch (IOException | RuntimeException e) {
      // Its reading says what is wrong with it.
      return true;
    }
  }

  private static boolean isLineEnd(byte value) {
    return value == '\n' || value == '\r';
  }
}
