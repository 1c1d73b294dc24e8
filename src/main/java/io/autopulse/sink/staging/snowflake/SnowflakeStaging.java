package io.autopulse.sink.staging.snowflake;

import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * One run's staging in Snowflake: tables of the run's own, which its pipeline loads, and the views
 * of them that the publisher reads. All are made outside of the publishing transaction, which they
 * would commit.
 */
final class SnowflakeStaging implements Staging {
  private final SnowflakeWarehouse warehouse;
  private final StagingNames names;
  private final String files;
  private final String integration;
  private final long bytes;
  private final Set<StagedTable> tables;

  /**
   * Names a run's staging.
   *
   * @param files the run's own folder in object storage; ends with a slash
   * @param integration the storage integration by which Snowflake reads there
   * @param bytes how many bytes the run reads; 0 if unknown
   * @param tables what the run stages
   */
  SnowflakeStaging(
      SnowflakeWarehouse warehouse,
      StagingNames names,
      String files,
      String integration,
      long bytes,
      Set<StagedTable> tables) {
    this.warehouse = warehouse;
    this.names = names;
    this.files = files;
    this.integration = integration;
    this.bytes = bytes;
    this.tables = Set.copyOf(tables);
  }

  @Override
  public String place() {
    return "tables STG_..__" + names.runId() + " of " + warehouse.name();
  }

  @Override
  public void prepare() {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      for (StagedTable table : tables) {
        statement.execute(StagingTable.of(table).create(names));
      }
    } catch (SQLException e) {
      throw new WarehouseException("make the staging tables of run " + names.runId(), e);
    }
  }

  @Override
  public String readBack(String name) {
    return files + "read_back/" + name + ".jsonl";
  }

  @Override
  public PTransform<PCollection<byte[]>, PDone> blocks(StagedTable staged, String branch) {
    StagingTable table = StagingTable.of(staged);
    return LoadRows.into(
        table,
        table.in(names),
        warehouse.settings().dataSource(),
        files + staged + "--" + branch.replace(' ', '-') + "/",
        integration,
        StagingShards.of(staged, bytes));
  }

  @Override
  public StagedRelations attach(Connection connection, String currency) {
    StagedRelations relations = new StagedRelations(names);
    relations.make(
        connection,
        "create or replace view",
        currency,
        tables,
        staged -> StagingTable.of(staged).source(names));
    return relations;
  }
}
