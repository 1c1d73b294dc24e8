package io.autopulse.sink.staging.files;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.SqlNames;
import java.io.IOException;
import java.nio.file.Files;
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

  /**
   * Makes the folder and writes to it, so that a run need not read everything to learn that it
   * cannot.
   *
   * @throws InputException if the folder cannot be written
   */
  @Override
  public void prepare() {
    Path probe = folder.resolve("probe");
    try {
      Files.createDirectories(folder);
      Files.write(probe, new byte[4096]);
      Files.delete(probe);
    } catch (IOException e) {
      throw new InputException(
          folder.toString(),
          "staging cannot be written here ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          "Name a folder by the manifest's staging that this user may write and that has room",
          e);
    }
  }

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
