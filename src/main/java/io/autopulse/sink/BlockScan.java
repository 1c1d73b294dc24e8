package io.autopulse.sink;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * A DuckDB table function over staged blocks: DuckDB's threads each take the next block, decode it
 * straight into DuckDB's vectors, and decode only the columns that the query names. Staged data
 * thus needs no detour through text.
 *
 * @param <B> an opened block
 */
abstract class BlockScan<B>
    implements DuckDBTableFunction<BlockScan<B>, BlockScan.Scan, BlockScan.Cursor<B>> {
  private final List<BlockFiles.Location> locations;
  private final List<Column> columns;

  BlockScan(List<BlockFiles.Location> locations, List<Column> columns) {
    this.locations = List.copyOf(locations);
    this.columns = List.copyOf(columns);
  }

  /**
   * A column of the function.
   *
   * @param name its name
   * @param type its DuckDB type
   */
  record Column(String name, DuckDBColumnType type) {
    static Column text(String name) {
      return new Column(name, DuckDBColumnType.VARCHAR);
    }

    static Column number(String name) {
      return new Column(name, DuckDBColumnType.BIGINT);
    }
  }

  /** Returns an opened block. */
  abstract B open(byte[] block);

  /**
   * Fills vectors with the next rows of the block.
   *
   * @param columns the position in the function's columns of each of the writer's vectors
   * @return how many rows, 0 when the block has no more
   */
  abstract int fill(B block, int[] columns, DuckDBDataChunkWriter out, int capacity)
      throws Exception;

  @Override
  public BlockScan<B> bind(DuckDBTableFunctionBindInfo info) {
    for (Column column : columns) {
      info.addResultColumn(column.name(), column.type());
    }
    return this;
  }

  @Override
  public Scan init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(
        Math.max(1, Math.min(locations.size(), Runtime.getRuntime().availableProcessors())));
    int[] projected = new int[(int) info.getColumnCount()];
    for (int i = 0; i < projected.length; i++) {
      projected[i] = (int) info.getColumnIndex(i);
    }
    return new Scan(new ConcurrentLinkedQueue<>(locations), projected);
  }

  @Override
  public Cursor<B> localInit(DuckDBTableFunctionInitInfo info) {
    return new Cursor<>();
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter out) throws Exception {
    Scan scan = call.getInitData();
    Cursor<B> cursor = call.getLocalInitData();
    while (true) {
      if (cursor.block == null) {
        BlockFiles.Location next = scan.blocks().poll();
        if (next == null) {
          return 0;
        }
        cursor.block = open(next.read());
      }
      int rows = fill(cursor.block, scan.projected(), out, (int) out.capacity());
      if (rows > 0) {
        return rows;
      }
      cursor.block = null;
    }
  }

  /**
   * What the threads of one scan share.
   *
   * @param blocks the blocks that no thread has taken yet
   * @param projected the function's column of each vector
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Scan(Queue<BlockFiles.Location> blocks, int[] projected) {}

  /** The block that one thread is at. */
  static final class Cursor<B> {
    @org.jspecify.annotations.Nullable B block;
  }
}
