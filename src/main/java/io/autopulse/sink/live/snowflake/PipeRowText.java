package io.autopulse.sink.live.snowflake;

import io.autopulse.sink.staging.snowflake.RowText;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO;
import org.jspecify.annotations.Nullable;

/**
 * Rows of texts as the lines that a pipe loads: the columns of a {@link PipeTable} in its order,
 * completed by what the job knows. A null is a field of nothing, every text stands between
 * quotation marks, an empty one too. The pipe's file format takes no text for null, so that texts
 * travel as they are.
 */
final class PipeRowText implements SnowflakeIO.UserDataMapper<byte[]> {
  private static final long serialVersionUID = 1L;

  /** The moment of the mapping, unless the row says another. */
  private static final String COMPUTED_AT = "computed_at";

  private final int[] positions;
  private final @Nullable String[] constants;
  private final int computedAt;
  private final Clock clock;

  /**
   * Makes a mapper.
   *
   * @param constants values of columns by name, which win over the row's; a column that neither has
   *     is null
   * @param clock gives {@code computed_at} of rows that do not have it; serializable
   */
  PipeRowText(PipeTable table, Map<String, String> constants, Clock clock) {
    List<String> columns = table.columns();
    List<String> given = table.rows().names();
    this.positions = new int[columns.size()];
    this.constants = new String[columns.size()];
    for (int i = 0; i < positions.length; i++) {
      String column = columns.get(i);
      this.constants[i] = constants.get(column);
      positions[i] = constants.containsKey(column) ? -1 : given.indexOf(column);
    }
    this.computedAt = given.contains(COMPUTED_AT) ? -1 : columns.indexOf(COMPUTED_AT);
    this.clock = clock;
  }

  @Override
  public @Nullable Object[] mapRow(byte[] row) {
    List<@Nullable String> texts = RowText.texts(row);
    List<@Nullable Object> fields = new ArrayList<>(positions.length);
    for (int i = 0; i < positions.length; i++) {
      fields.add(
          i == computedAt ? now() : positions[i] < 0 ? constants[i] : texts.get(positions[i]));
    }
    return fields.toArray();
  }

  private String now() {
    return RowText.time(ChronoUnit.MICROS.between(java.time.Instant.EPOCH, clock.instant()));
  }
}
