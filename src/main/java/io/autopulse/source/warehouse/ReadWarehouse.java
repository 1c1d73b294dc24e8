package io.autopulse.source.warehouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autopulse.domain.feed.RawBlock;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one query of the warehouse, DuckDB or Snowflake, each made a value by a mapper. The
 * launching process has run the query before the pipeline starts and wrote its rows to a file
 * ({@link WarehouseSnapshot}), so that every worker and every retry sees the warehouse as of the
 * same moment. Bounded, global window; large results are read in ranges side by side.
 *
 * @param <T> what a row is made
 */
public final class ReadWarehouse<T> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final RowMapper<T> mapper;
  private final Coder<T> coder;

  private ReadWarehouse(String file, RowMapper<T> mapper, Coder<T> coder) {
    this.file = file;
    this.mapper = mapper;
    this.coder = coder;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  public interface RowMapper<T> extends Serializable {
    /** Returns the value of a row. */
    T map(WarehouseRow row);
  }

  /**
   * Returns the transform.
   *
   * @param file the query's file
   * @param mapper makes the value of a row
   * @param coder of the values
   */
  public static <T> ReadWarehouse<T> of(String file, RowMapper<T> mapper, Coder<T> coder) {
    return new ReadWarehouse<>(file, mapper, coder);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply("Read", ReadSnapshot.of(file, file))
        .apply("Map rows", ParDo.of(new MapFn<>(mapper)))
        .setCoder(coder);
  }

  static final class MapFn<T> extends DoFn<RawBlock, T> {
    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = new JsonFactory();

    private final RowMapper<T> mapper;

    MapFn(RowMapper<T> mapper) {
      this.mapper = mapper;
    }

    @ProcessElement
    public void map(@Element RawBlock block, OutputReceiver<T> out) throws IOException {
      long line = block.firstLine();
      try (JsonParser rows = JSON.createParser(block.text())) {
        for (; rows.nextToken() == JsonToken.START_OBJECT; line++) {
          out.output(mapper.map(row(rows)));
        }
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "row " + line + " of " + block.origin() + ": " + e.getMessage(), e);
      }
    }

    private static WarehouseRow row(JsonParser rows) throws IOException {
      Map<String, @Nullable String> values = new HashMap<>();
      for (String column; (column = rows.nextFieldName()) != null; ) {
        values.put(column, rows.nextToken() == JsonToken.VALUE_NULL ? null : rows.getText());
      }
      return new WarehouseRow(values);
    }
  }
}
