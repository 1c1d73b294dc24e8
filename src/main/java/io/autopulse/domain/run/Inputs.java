package io.autopulse.domain.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a run is made of, as a digest. Of a run that reads files only it is the files and how they
 * are read: equal inputs give equal tables. What a database or the warehouse holds is not known, so
 * that of other runs is what was asked for: it tells which runs belong to one backfill.
 *
 * @param text the kind and the digest, as in {@code load_runs}
 */
public record Inputs(String text) {
  private static final String FILES = "files:";
  private static final String PLAN = "plan:";
  private static final Pattern TEXT = Pattern.compile("(" + FILES + "|" + PLAN + ")[0-9a-f]{32}");

  /** Checks the text. */
  public Inputs {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("no digest of inputs: " + text);
    }
  }

  /**
   * Returns the inputs of a run that reads files only.
   *
   * @param parts the files, and what says how they are read
   */
  public static Inputs ofFiles(List<String> parts) {
    return new Inputs(FILES + digest(parts));
  }

  /**
   * Returns the inputs of the runs of one backfill that does not only read files.
   *
   * @param parts what says how the backfill reads, and its dates
   */
  public static Inputs ofPlan(List<String> parts) {
    return new Inputs(PLAN + digest(parts));
  }

  /** Tells whether runs of equal inputs give equal tables. */
  public boolean areFiles() {
    return text.startsWith(FILES);
  }

  /** Returns 128 bits of a SHA-256 over texts, each with its length: no two lists run together. */
  private static String digest(List<String> parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(UTF_8);
        sha.update((bytes.length + ":").getBytes(UTF_8));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
