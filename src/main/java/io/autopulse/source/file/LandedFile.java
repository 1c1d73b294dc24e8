package io.autopulse.source.file;

/**
 * A file of a followed folder, as one look at the folder found it.
 *
 * @param path where it is
 * @param stamp its size and its last modification
 * @param key what the file system knows it by under any name; empty if it does not say
 */
public record LandedFile(String path, FileStamp stamp, String key) {
  /** Returns the last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
