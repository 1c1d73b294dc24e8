package io.autopulse.source.follow;

import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileStamp;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.jspecify.annotations.Nullable;

/**
 * How far the reader of a followed folder came. It knows only files that are still there.
 *
 * @param done files that were read to their end, as they were then, by path
 * @param unreadable files that were reported because they cannot be read, as they were then
 * @param path the file at hand; empty if there is none
 * @param stamp what the file at hand was when its reading began; null if there is none
 * @param blocks how many blocks of it were read
 */
record FollowMark(
    Map<String, FileStamp> done,
    Map<String, FileStamp> unreadable,
    String path,
    @Nullable FileStamp stamp,
    long blocks)
    implements UnboundedSource.CheckpointMark {
  static final FollowMark NOTHING = new FollowMark(Map.of(), Map.of(), "", null, 0);

  /** Keeps its own copies. */
  FollowMark {
    done = Map.copyOf(done);
    unreadable = Map.copyOf(unreadable);
  }

  @Override
  public void finalizeCheckpoint() {}

  /** Marks as bytes: a version, the file at hand, what is done and what cannot be read. */
  static final class MarkCoder extends AtomicCoder<FollowMark> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;

    @Override
    public void encode(FollowMark mark, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeByte(VERSION);
      data.writeUTF(mark.path());
      write(mark.stamp() == null ? new FileStamp(0, 0) : mark.stamp(), data);
      data.writeLong(mark.blocks());
      write(mark.done(), data);
      write(mark.unreadable(), data);
    }

    private static void write(Map<String, FileStamp> files, DataOutputStream data)
        throws IOException {
      data.writeInt(files.size());
      for (Map.Entry<String, FileStamp> file : new TreeMap<>(files).entrySet()) {
        data.writeUTF(file.getKey());
        write(file.getValue(), data);
      }
    }

    private static void write(FileStamp stamp, DataOutputStream data) throws IOException {
      data.writeLong(stamp.bytes());
      data.writeLong(stamp.modifiedAt());
    }

    @Override
    public FollowMark decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      if (data.readUnsignedByte() != VERSION) {
        throw new InputException(
            "the checkpoint",
            "it was written by another version of Autopulse, which kept other things of followed files",
            "Go on with that version, or move the live job's checkpoints away to start anew");
      }
      String path = data.readUTF();
      FileStamp stamp = readStamp(data);
      long blocks = data.readLong();
      Map<String, FileStamp> done = readFiles(data);
      return new FollowMark(done, readFiles(data), path, path.isEmpty() ? null : stamp, blocks);
    }

    private static Map<String, FileStamp> readFiles(DataInputStream data) throws IOException {
      Map<String, FileStamp> files = new HashMap<>();
      for (int i = data.readInt(); i > 0; i--) {
        String path = data.readUTF();
        files.put(path, readStamp(data));
      }
      return files;
    }

    private static FileStamp readStamp(DataInputStream data) throws IOException {
      return new FileStamp(data.readLong(), data.readLong());
    }
  }
}
