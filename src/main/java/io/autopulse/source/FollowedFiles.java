package io.autopulse.source;

import io.autopulse.domain.quality.InputException;
import io.autopulse.domain.quality.RawBlock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** The files that {@link FollowFiles} reads, as a source that never ends. */
final class FollowedFiles extends UnboundedSource<RawBlock, FollowedFiles.Mark> {
  private static final long serialVersionUID = 1L;
  private static final long RANGE_BYTES = 8L << 20;

  private final String pattern;
  private final FileFormat format;
  private final Duration poll;
  private final Clock clock;

  FollowedFiles(String pattern, FileFormat format, Duration poll, Clock clock) {
    this.pattern = pattern;
    this.format = format;
    this.poll = poll;
    this.clock = clock;
  }

  @Override
  public List<FollowedFiles> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public Reader createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Reader(this, mark == null ? Mark.NOTHING : mark);
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return new MarkCoder();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return new RawBlockCoder();
  }

  /** Files that are there, those that landed first before the others. */
  private List<Landed> landed() throws IOException {
    List<Landed> files = new ArrayList<>();
    for (MatchResult.Metadata file :
        FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
      String name = String.valueOf(file.resourceId().getFilename());
      // A file without a byte is one whose writing has only begun.
      if (LandedFile.holdsRecords(pattern, name)
          && !file.resourceId().isDirectory()
          && file.sizeBytes() > 0) {
        files.add(
            new Landed(file.resourceId().toString(), file.sizeBytes(), file.lastModifiedMillis()));
      }
    }
    files.sort(Comparator.comparingLong(Landed::landedAt).thenComparing(Landed::path));
    return files;
  }

  /**
   * A file.
   *
   * @param bytes its size
   * @param landedAt its last modification, milliseconds since 1970
   */
  private record Landed(String path, long bytes, long landedAt) {}

  /**
   * How far a reader came.
   *
   * @param done files that were read to their end and are still there
   * @param path the file at hand; empty if there is none
   * @param blocks how many blocks of it were read
   */
  record Mark(Set<String> done, String path, long blocks) implements CheckpointMark {
    static final Mark NOTHING = new Mark(Set.of(), "", 0);

    @Override
    public void finalizeCheckpoint() {}
  }

  /** Marks as bytes. */
  static final class MarkCoder extends AtomicCoder<Mark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Mark mark, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeUTF(mark.path());
      data.writeLong(mark.blocks());
      data.writeInt(mark.done().size());
      for (String path : new TreeSet<>(mark.done())) {
        data.writeUTF(path);
      }
    }

    @Override
    public Mark decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      String path = data.readUTF();
      long blocks = data.readLong();
      Set<String> done = new HashSet<>();
      for (int i = data.readInt(); i > 0; i--) {
        done.add(data.readUTF());
      }
      return new Mark(done, path, blocks);
    }
  }

  /** Reads one file after the other. Used by one thread at a time. */
  static final class Reader extends UnboundedReader<RawBlock> {
    private final FollowedFiles source;
    private final RangeReader rangeReader;
    private final Set<String> done;
    private final List<Landed> waiting = new ArrayList<>();
    private final String resumePath;
    private final long resumeBlocks;

    private @Nullable Landed file;
    private Iterator<FileRange> ranges = List.<FileRange>of().iterator();
    private RangeReader.@Nullable Blocks blocks;
    private long blocksRead;
    private @Nullable RawBlock current;
    private long currentLandedAt;
    private long polledAt = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;

    Reader(FollowedFiles source, Mark mark) {
      this.source = source;
      rangeReader = new RangeReader(source.format);
      done = new HashSet<>(mark.done());
      resumePath = mark.path();
      resumeBlocks = mark.blocks();
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      current = null;
      while (current == null) {
        if (file == null && !openNext()) {
          return false;
        }
        current = nextBlock();
      }
      return true;
    }

    private boolean openNext() throws IOException {
      poll();
      if (waiting.isEmpty()) {
        return false;
      }
      Landed next = waiting.remove(0);
      file = next;
      ranges = split(next).iterator();
      blocksRead = 0;
      if (next.path().equals(resumePath)) {
        while (blocksRead < resumeBlocks && nextBlock() != null) {
          // The blocks before the checkpoint went on their way before it.
        }
      }
      return true;
    }

    // A file whose header cannot be read is read without one: its records are rejected further on.
    private List<FileRange> split(Landed landed) throws IOException {
      try {
        return new FileSplitter(source.format, RANGE_BYTES).split(landed.path(), landed.bytes());
      } catch (InputException e) {
        return List.of(new FileRange(landed.path(), 0, FileRange.TO_THE_END, 1, List.of()));
      }
    }

    private void poll() throws IOException {
      long now = source.clock.millis();
      if (!waiting.isEmpty() || now - source.poll.toMillis() < polledAt) {
        return;
      }
      polledAt = now;
      Set<String> there = new HashSet<>();
      for (Landed landed : source.landed()) {
        there.add(landed.path());
        if (!done.contains(landed.path())) {
          // A file that was in the middle of its reading comes first: its blocks are counted.
          waiting.add(landed.path().equals(resumePath) ? 0 : waiting.size(), landed);
        }
      }
      done.retainAll(there);
    }

    private @Nullable RawBlock nextBlock() throws IOException {
      while (true) {
        RangeReader.Blocks open = blocks;
        if (open == null) {
          if (!ranges.hasNext()) {
            endFile();
            return null;
          }
          open = rangeReader.open(ranges.next());
          blocks = open;
        }
        RawBlock block = open.next();
        if (block != null) {
          blocksRead++;
          currentLandedAt = file == null ? 0 : file.landedAt();
          return block;
        }
        open.close();
        blocks = null;
      }
    }

    private void endFile() {
      if (file != null) {
        done.add(file.path());
        file = null;
      }
    }

    @Override
    public RawBlock getCurrent() {
      RawBlock block = current;
      if (block == null) {
        throw new NoSuchElementException();
      }
      return block;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(currentLandedAt);
    }

    @Override
    public Instant getWatermark() {
      long oldest =
          file != null
              ? file.landedAt()
              : waiting.isEmpty() ? Math.max(polledAt, 0) : waiting.get(0).landedAt();
      watermark = Math.max(watermark, oldest);
      return Instant.ofEpochMilli(Math.max(0, watermark));
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(Set.copyOf(done), file == null ? "" : file.path(), blocksRead);
    }

    @Override
    public FollowedFiles getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      RangeReader.Blocks open = blocks;
      if (open != null) {
        blocks = null;
        open.close();
      }
    }
  }
}
