package io.autopulse.sink;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * One run's staged files, and the temporary views that the publisher sees them as. The files are
 * Parquet, which DuckDB reads where they lie; the core tables are not touched before the audits
 * have passed.
 */
public final class DuckDbStaging implements Staging {
  private final Path folder;
  private final StagingNames names;
  private final Set<StagedTable> tables;

  /**
   * Names a run's staging.
   *
   * @param folder the run's own folder, reachable from every worker and the launching process
   * @param tables what the run stages
   */
  public DuckDbStaging(Path folder, StagingNames names, Set<StagedTable> tables) {
    this.folder = folder;
    this.names = names;
    this.tables = Set.copyOf(tables);
  }

  @Override
  public String place() {
    return folder.toString();
  }

  /** Does nothing: writing makes the folder. */
  @Override
  public void prepare() {}

  @Override
  public String readBack(String name) {
    return folder.resolve("read_back").resolve(SqlNames.identifier(name) + ".jsonl").toString();
  }

  @Override
  public PTransform<PCollection<byte[]>, PDone> blocks(StagedTable table, String branch) {
    return StageBlocks.to(folder.toString(), table, branch);
  }

  @Override
  public StagedRelations attach(Connection connection, String currency) {
    StagedRelations relations = new StagedRelations(names);
    relations.make(connection, "create or replace temp view", currency, tables, this::files);
    return relations;
  }

  private String files(StagedTable table) {
    return StagedFiles.of(folder, table).stream()
        .map(SqlNames::literal)
        .collect(Collectors.joining(", ", "read_parquet([", "])"));
  }
}
