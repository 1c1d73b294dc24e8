package io.autopulse.sink.staging;

import java.sql.Connection;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Where one run stages what its pipeline computes, for the publisher to audit and publish. */
public interface Staging {
  /** Returns where that is, for people. */
  String place();

  /** Makes the place ready, before the pipeline starts. */
  void prepare();

  /**
   * Returns a file of the run's own, as Beam's file systems know it: what the run has read back
   * from the warehouse. It goes with what the run staged.
   *
   * @param name what is in it, a plain identifier
   */
  String readBack(String name);

  /**
   * Returns the transform that stages blocks of rows. Bounded, global window.
   *
   * @param table what the blocks hold
   * @param branch which of the pipeline's branches stages to the table
   */
  PTransform<PCollection<byte[]>, PDone> blocks(StagedTable table, String branch);

  /**
   * Returns the transform that stages small rows.
   *
   * @param table what the rows are
   * @param branch which of the pipeline's branches stages to the table
   * @param columns the texts of a row
   */
  default <T> StageRows<T> rows(StagedTable table, String branch, StageRows.Columns<T> columns) {
    return StageRows.by(blocks(table, branch), columns);
  }

  /**
   * Makes the relations of {@link StagingNames} visible on a connection to the warehouse.
   *
   * @param currency the reporting currency: the only one of accepted sales
   */
  StagedRelations attach(Connection connection, String currency);
}
