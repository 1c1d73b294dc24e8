package io.autopulse.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;

/** Looks at the last bytes of files: one that ends within a line may still be written. */
public final class LineEnd {
  private LineEnd() {}

  /**
   * Tells whether a file ends with the end of a line. A gzipped one may be taken for one that does,
   * because a cut one cannot be unpacked; so may one that cannot be read, because its reading says
   * why, and one of a store where files appear whole.
   */
  public static boolean isWhole(LandedFile file, FileFormat format) {
    long bytes = file.stamp().bytes();
    String path = file.path();
    if (bytes <= 0 || FolderListing.appearsWhole(path)) {
      return true;
    }
    if (isZipped(path)) {
      return true;
    }
    try (InputStream in = Channels.newInputStream(TextFiles.openAt(path, Math.max(0, bytes - 2)))) {
      byte[] end = in.readNBytes(2);
      byte last = end.length == 0 ? 0 : end[end.length - 1];
      boolean wide = !format.isAsciiCompatible() && last == 0 && end.length == 2;
      return isLineEnd(wide ? end[0] : last);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private static boolean isZipped(String path) {
    try (InputStream in = TextFiles.unzipped(path)) {
      return TextFiles.isUnzipped(in);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private static boolean isLineEnd(byte value) {
    return value == '\n' || value == '\r';
  }
}
