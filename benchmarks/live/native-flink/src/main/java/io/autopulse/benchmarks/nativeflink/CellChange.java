package io.autopulse.benchmarks.nativeflink;

/** What a version adds to a cell or takes from it, a Flink POJO. */
public final class CellChange {
  /** Grain, window, dimension and member. */
  public String cell = "";

  public int sold;
  public int cancelled;
  public int returned;
  public long revenue;
  public long net;
  public long list;
  public int revision;
}
