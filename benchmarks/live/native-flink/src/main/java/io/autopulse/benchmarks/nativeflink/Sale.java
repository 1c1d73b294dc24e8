package io.autopulse.benchmarks.nativeflink;

/** A sale version, a Flink POJO. */
public final class Sale {
  public String saleId = "";
  public long updatedAt;
  public long sequence;
  public char status;
  public long soldAt;
  public String modelId = "";
  public String make = "";
  public String model = "";
  public String segment = "";
  public String powertrain = "";
  public String region = "";
  public String dealer = "";
  public long netCents;
  public long listCents;
}
