package io.autopulse.source.follow;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.batch.UnreadableFiles;
import io.autopulse.source.file.FileStamp;
import io.autopulse.source.file.FolderListing;
import io.autopulse.source.file.LandedFile;
import io.autopulse.source.file.LineEnd;
import io.autopulse.source.file.QuietFiles;
import io.autopulse.source.file.record.FileBlocks;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.UnboundedSource;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a followed folder, one after the other: each when it is complete ({@link
 * QuietFiles}), and again when it has changed since. A file that cannot be read, or is of another
 * kind, is reported once, as a block of the format {@link RawBlock.Format#NOTICE}, and tried again
 * when it changes and now and then; it holds up no other. A folder that cannot be looked at is
 * waited for. Used by one thread at a time.
 */
final class FollowedFilesReader extends UnboundedSource.UnboundedReader<RawBlock> {
  private static final long TOLD_EVERY_MILLIS = 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(FollowedFilesReader.class);

  private final FollowedFiles source;
  private final QuietFiles quietFiles;
  private final Map<String, FileStamp> done;
  private final UnreadableFiles unreadable;
  private final Deque<LandedFile> waiting = new ArrayDeque<>();
  private final Deque<Report> reports = new ArrayDeque<>();
  private final String resumePath;
  private final @Nullable FileStamp resumeStamp;
  private final long resumeBlocks;

  private @Nullable FileBlocks file;
  private @Nullable RawBlock current;
  private long currentAt;
  private long polledAt = Long.MIN_VALUE;
  private long toldAt = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;

  FollowedFilesReader(FollowedFiles source, FollowMark mark) {
    this.source = source;
    quietFiles = new QuietFiles(source.quiet(), landed -> LineEnd.isWhole(landed, source.format()));
    done = new HashMap<>(mark.done());
    unreadable = new UnreadableFiles(mark.unreadable());
    resumePath = mark.path();
    resumeStamp = mark.stamp();
    resumeBlocks = mark.blocks();
  }

  /**
   * What is said of a file that was not read.
   *
   * @param block says it
   * @param file the file; null if it is not there any more
   */
  private record Report(RawBlock block, @Nullable LandedFile file) {}

  @Override
  public boolean start() throws IOException {
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    current = null;
    while (current == null) {
      Report report = reports.poll();
      if (report != null) {
        current = report.block();
        currentAt = source.now();
        if (report.file() != null) {
          unreadable.reported(report.file());
        }
      } else if (file != null) {
        current = nextBlock(file);
      } else if (!openNext() && reports.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  // Tells whether there may be something to read.
  private boolean openNext() throws IOException {
    poll();
    LandedFile next = waiting.poll();
    if (next == null) {
      return false;
    }
    if (hasChanged(next)) {
      // Changed, or gone, since it was found complete: the next look says which.
      quietFiles.putBack(next, source.now());
      return true;
    }
    FileBlocks opened = null;
    try {
      opened = FileBlocks.open(next, source.format());
      if (next.path().equals(resumePath) && next.stamp().equals(resumeStamp)) {
        while (opened.taken() < resumeBlocks && opened.next() != null) {
          // The blocks before the checkpoint went on their way before it.
        }
      }
      file = opened;
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        close(opened);
      }
      failed(next, e, opened == null ? 1 : opened.nextLine());
    }
    return true;
  }

  private static boolean hasChanged(LandedFile next) {
    if (!FolderListing.isLocal(next.path()) || next.stamp().bytes() < 0) {
      return false;
    }
    try {
      return !FolderListing.stamp(next.path()).equals(next.stamp());
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      // Its reading says what is wrong with it.
      return false;
    }
  }

  private @Nullable RawBlock nextBlock(FileBlocks open) throws IOException {
    LandedFile read = open.file();
    try {
      RawBlock block = open.next();
      if (block != null) {
        currentAt = Math.min(read.stamp().modifiedAt(), source.now());
        return block;
      }
      done.put(read.path(), read.stamp());
      unreadable.read(read);
    } catch (FileBlocks.ChangedException e) {
      LOG.warn("{} has changed while it was read: it is read again", read.path());
      done.remove(read.path());
    } catch (IOException | RuntimeException e) {
      failed(read, e, open.nextLine());
    }
    file = null;
    close(open);
    return null;
  }

  // The first failure may be one of a moment: a file that is still written, a store that is slow.
  private void failed(LandedFile failed, Exception e, long line) throws IOException {
    if (e instanceof InterruptedIOException
        || e instanceof ClosedByInterruptException
        || Thread.currentThread().isInterrupted()) {
      throw e instanceof IOException ended ? ended : new InterruptedIOException(e.toString());
    }
    switch (unreadable.failed(failed, source.now())) {
      case TRY_AGAIN -> quietFiles.putBack(failed, source.now());
      case REPORT -> report(failed, UnreadableFiles.reason(failed, e), line, failed);
      case KNOWN -> LOG.debug("{} still cannot be read: {}", failed.path(), e.toString());
    }
  }

  private void report(LandedFile unread, String reason, long line, @Nullable LandedFile toKeep) {
    RawBlock block = UnreadableFiles.block(unread, reason, line, source.format());
    LOG.warn("{}: {}. The other files are read", unread.path(), block.header().get(1));
    reports.add(new Report(block, toKeep));
  }

  private void poll() {
    long now = source.now();
    if (!waiting.isEmpty() || polledAt <= now && now - source.pollMillis() < polledAt) {
      return;
    }
    List<LandedFile> landed;
    try {
      landed = source.landed();
    } catch (IOException | RuntimeException e) {
      // No file is to blame, and none is forgotten: the folder, or the store, is waited for.
      polledAt = now;
      if (toldAt == Long.MIN_VALUE || now - toldAt >= TOLD_EVERY_MILLIS) {
        toldAt = now;
        LOG.warn("{} cannot be looked at, and is waited for: {}", source.pattern(), e.toString());
      }
      return;
    }
    toldAt = Long.MIN_VALUE;
    polledAt = now;
    look(landed, now);
    Set<String> there = landed.stream().map(LandedFile::path).collect(Collectors.toSet());
    done.keySet().retainAll(there);
    unreadable.retainAll(there);
  }

  private void look(List<LandedFile> landed, long now) {
    List<LandedFile> unread = new ArrayList<>();
    for (LandedFile found : landed) {
      if (!found.stamp().equals(done.get(found.path())) && unreadable.mayBeTried(found, now)) {
        unread.add(found);
      }
    }
    QuietFiles.Look look = quietFiles.look(unread, now);
    for (LandedFile complete : look.complete()) {
      if (done.containsKey(complete.path())) {
        LOG.warn("{} has changed since it was read: it is read again", complete.path());
      }
      if (complete.path().equals(resumePath)) {
        // A file that was in the middle of its reading comes first: its blocks are counted.
        waiting.addFirst(complete);
      } else {
        waiting.add(complete);
      }
    }
    for (LandedFile vanished : look.vanished()) {
      report(vanished, "it vanished before it was read", 1, null);
    }
    for (LandedFile restless : look.restless()) {
      LOG.warn(
          "{} is not read yet: it has been changing for minutes. Write it under a name that begins"
              + " with . and rename it when it is complete",
          restless.path());
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
    return Instant.ofEpochMilli(currentAt);
  }

  // A file from the future, as a wrong clock dates it, moves nothing.
  @Override
  public Instant getWatermark() {
    long oldest = Math.max(polledAt, 0);
    oldest = Math.min(oldest, quietFiles.oldest().orElse(oldest));
    if (file != null) {
      oldest = Math.min(oldest, file.file().stamp().modifiedAt());
    }
    LandedFile next = waiting.peek();
    if (next != null) {
      oldest = Math.min(oldest, next.stamp().modifiedAt());
    }
    watermark = Math.max(watermark, oldest);
    return Instant.ofEpochMilli(Math.max(0, watermark));
  }

  @Override
  public FollowMark getCheckpointMark() {
    FileBlocks open = file;
    return open == null
        ? new FollowMark(done, unreadable.reported(), "", null, 0)
        : new FollowMark(
            done, unreadable.reported(), open.file().path(), open.file().stamp(), open.taken());
  }

  @Override
  public FollowedFiles getCurrentSource() {
    return source;
  }

  private static void close(FileBlocks blocks) {
    try {
      blocks.close();
    } catch (IOException e) {
      LOG.warn("{} cannot be closed: {}", blocks.file().path(), e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    FileBlocks open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
