package io.autopulse.domain.sale.block;

import io.autopulse.domain.sale.Change;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.block.SaleHistory.Standing;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the versions of a stream one by one: the highest version of a sale by {@code
 * updated_at}, then {@code sequence}, then content, wins, whatever the order of arrival. Each
 * distinct content becomes a row with its fate, and one or two changes of KPI cells: it enters, and
 * the one whose place it takes leaves; one that comes after a higher has passed. So the cells
 * always add up to what {@link VersionTable} makes of the versions that have come.
 *
 * <p>Of several contents of one moment and sequence each is a row, as it comes: all but the first
 * are {@link Fate#CONFLICTING}, and the greatest is the version ({@link SaleContent}), for whoever
 * keeps the rows. Not safe for use by several threads.
 */
public final class SaleChanges {
  /** What is remembered of each sale: {@link SaleHistory} bytes by sale id. */
  public interface Memory {
    /** Returns what is remembered of a sale, null if nothing is. */
    byte @Nullable [] get(String saleId);

    /** Remembers. */
    void put(String saleId, byte[] history);
  }

  /** Decides which versions come too late, and takes them. */
  public interface Gate {
    /** Returns whether a sale of that moment, in microseconds UTC, can still be changed. */
    boolean admits(long soldAt);

    /** Takes a version that comes too late: the block is at it. */
    void refuse(SaleBlock block);
  }

  private final Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
  private final SaleBlockWriter versions;
  private final SaleBlockWriter changes;
  private final SaleBlockWriter single;
  private byte[] singleBlock = new byte[0];
  private byte[] scratch = new byte[256];
  private long accepted;
  private long newest = Long.MIN_VALUE;
  private long duplicates;
  private long superseded;
  private long conflicts;

  /**
   * Makes a resolver.
   *
   * @param versions takes blocks of the distinct contents, {@link Fate#CURRENT}, {@link
   *     Fate#SUPERSEDED} or {@link Fate#CONFLICTING} as of when they came
   * @param changes takes blocks of versions, each with its {@link Change}
   */
  public SaleChanges(Consumer<byte[]> versions, Consumer<byte[]> changes) {
    this.versions = writer(versions);
    this.changes = writer(changes);
    single = writer(block -> singleBlock = block);
  }

  private SaleBlockWriter writer(Consumer<byte[]> out) {
    return new SaleBlockWriter(1, dictionaries, (partition, block) -> out.accept(block));
  }

  /** Applies the versions of a block. */
  public void apply(byte[] blockBytes, Memory memory, Gate gate) {
    SaleBlock block = SaleBlock.open(blockBytes);
    int[][] codes = codes(block);
    while (block.advance()) {
      newest = Math.max(newest, SaleLayout.updatedAt(blockBytes, block.at()));
      if (gate.admits(SaleLayout.soldAt(blockBytes, block.at()))) {
        apply(block, codes, memory);
      } else {
        gate.refuse(block);
      }
    }
  }

  /** Hands out the blocks that are not full. */
  public void flush() {
    versions.flush();
    changes.flush();
  }

  /** Returns how many distinct versions were applied. */
  public long accepted() {
    return accepted;
  }

  /** Returns when the newest version was made, in microseconds UTC. */
  public long newest() {
    return newest;
  }

  /** Returns how many versions had come before. */
  public long duplicates() {
    return duplicates;
  }

  /** Returns how many contents came for a moment and sequence of which another was known. */
  public long conflicts() {
    return conflicts;
  }

  /** Returns how many versions were superseded: those that lost their place, and late ones. */
  public long superseded() {
    return superseded;
  }

  /** Returns when the sale that is remembered so was sold, in microseconds UTC. */
  public static long soldAt(byte[] history) {
    return SaleHistory.soldAt(history);
  }

  private void apply(SaleBlock block, int[][] codes, Memory memory) {
    String saleId = saleId(block);
    byte[] history = memory.get(saleId);
    Standing standing = SaleHistory.standing(history, block);
    if (history != null && standing == Standing.KNOWN) {
      memory.put(saleId, SaleHistory.recognized(history, block));
    }
    if (standing == Standing.DUPLICATE || standing == Standing.KNOWN) {
      duplicates++;
      return;
    }
    boolean conflicting = standing == Standing.CONFLICTING;
    if (conflicting) {
      conflicts++;
    } else {
      accepted++;
    }
    SaleBlock known = history == null ? null : SaleHistory.highest(history);
    byte[] highest = null;
    if (known != null && SaleContent.compare(block, known) < 0) {
      superseded += conflicting ? 0 : 1;
      add(versions, block, codes, conflicting ? Fate.CONFLICTING : Fate.SUPERSEDED, Change.NONE);
      add(changes, block, codes, Fate.SUPERSEDED, Change.PASSED);
    } else {
      if (known != null) {
        superseded += conflicting ? 0 : 1;
        add(changes, known, codes(known), Fate.SUPERSEDED, Change.LEAVES);
      }
      add(versions, block, codes, conflicting ? Fate.CONFLICTING : Fate.CURRENT, Change.NONE);
      add(changes, block, codes, Fate.CURRENT, Change.ENTERS);
      add(single, block, codes, Fate.CURRENT, Change.NONE);
      single.flush();
      highest = singleBlock;
    }
    memory.put(saleId, SaleHistory.with(history, block.bytes(), block.at(), highest));
  }

  private int[][] codes(SaleBlock block) {
    int[][] codes = new int[SaleLayout.DICTIONARIES][];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = block.codesIn(d, dictionaries[d]);
    }
    return codes;
  }

  private void add(
      SaleBlockWriter writer, SaleBlock block, int[][] codes, Fate fate, Change change) {
    int length = SaleLayout.length(block.bytes(), block.at());
    if (scratch.length < length) {
      scratch = Arrays.copyOf(scratch, length * 2);
    }
    System.arraycopy(block.bytes(), block.at(), scratch, 0, length);
    for (int d = 0; d < codes.length; d++) {
      SaleLayout.setCode(scratch, 0, d, codes[d][SaleLayout.code(scratch, 0, d)]);
    }
    SaleLayout.setFate(scratch, 0, fate);
    SaleLayout.setChange(scratch, 0, change);
    writer.add(0, scratch, 0);
  }

  /**
   * Returns a block whose versions come from the warehouse. What a source tells of them later, or
   * has told before, is no other content of their moment: the warehouse has no record of what the
   * source sent.
   */
  public static byte[] known(byte[] block) {
    SaleBlock versions = SaleBlock.open(block.clone());
    while (versions.advance()) {
      SaleLayout.setFingerprint(versions.bytes(), versions.at(), SaleContent.NOT_KNOWN);
    }
    return versions.bytes();
  }

  /** Returns the id of the sale that the block is at. */
  public static String saleId(SaleBlock block) {
    return SaleLayout.id(block.bytes(), block.at());
  }
}
