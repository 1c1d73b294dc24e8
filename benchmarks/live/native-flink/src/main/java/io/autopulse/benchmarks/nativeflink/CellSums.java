package io.autopulse.benchmarks.nativeflink;

/** The sums of a cell, a Flink POJO. */
public final class CellSums {
  public long sold;
  public long cancelled;
  public long returned;
  public long revenue;
  public long net;
  public long list;
  public long revision;
  public boolean waiting;
}
