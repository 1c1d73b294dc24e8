package io.autopulse.benchmarks.nativeflink;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The live job as a Flink engineer would write it with the DataStream API, to compare with: JSON
 * lines of sale versions from a folder, the latest version of each sale in keyed state, signed
 * differences to every cell (hour, day, week, month; seven attributes and two pairs), sums in keyed
 * state, changed cells written every second. Without price quantiles, audits, rejected records and
 * the warehouse.
 *
 * <p>Arguments: landing zone with the folders {@code sales}, {@code vehicles} and {@code dealers}
 * of Airbyte's JSONL, folder of results, checkpoint folder. Ends when it is killed.
 */
public final class NativeLiveKpis {
  private NativeLiveKpis() {}

  public static void main(String[] args) throws Exception {
    Path landing = Path.of(args[0]);
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", "hashmap");
    settings.setString("state.checkpoints.dir", uri(args[2]).toString());
    settings.setString("taskmanager.memory.managed.size", "16m");
    settings.setString("taskmanager.memory.network.min", "64m");
    settings.setString("taskmanager.memory.network.max", "64m");
    settings.setString("taskmanager.numberOfTaskSlots", "2");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    env.getConfig().enableObjectReuse();
    env.enableCheckpointing(30_000);
    FileSource<String> sales =
        FileSource.forRecordStreamFormat(
                new TextLineInputFormat(),
                org.apache.flink.core.fs.Path.fromLocalFile(landing.resolve("sales").toFile()))
            .monitorContinuously(Duration.ofSeconds(1))
            .build();
    env.fromSource(sales, WatermarkStrategy.noWatermarks(), "Read sales")
        .map(
            new ParseSale(
                reference(landing.resolve("vehicles"), "model_id"),
                reference(landing.resolve("dealers"), "dealer_id")))
        .returns(Sale.class)
        .keyBy(sale -> sale.saleId)
        .process(new ResolveVersion())
        .returns(CellChange.class)
        .keyBy(change -> change.cell)
        .process(new SumCell())
        .returns(Types.STRING)
        .sinkTo(
            FileSink.forRowFormat(
                    new org.apache.flink.core.fs.Path(uri(args[1])), new SimpleStringEncoder<String>())
                .build());
    Progress.report();
    env.execute("native live KPIs");
  }

  private static URI uri(String folder) {
    return Path.of(folder).toAbsolutePath().toUri();
  }

  private static HashMap<String, Map<String, String>> reference(Path folder, String key)
      throws IOException {
    HashMap<String, Map<String, String>> rows = new HashMap<>();
    try (var files = Files.newDirectoryStream(folder, "*.jsonl")) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          HashMap<String, String> row = new HashMap<>();
          Records.read(
              line, (field, value) -> row.put(field, value.strip().toUpperCase(Locale.ROOT)));
          rows.put(row.getOrDefault(key, ""), row);
        }
      }
    }
    return rows;
  }
}
