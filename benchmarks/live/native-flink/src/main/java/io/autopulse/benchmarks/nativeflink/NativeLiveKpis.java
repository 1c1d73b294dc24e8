package io.autopulse.benchmarks.nativeflink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
 * <p>Arguments: folder of sales, folder of vehicles, folder of dealers, folder of results, {@code
 * hashmap} or {@code rocksdb}, checkpoint folder, and {@code bounded} to end with the files there
 * are. Reference data are CSV files with the generator's headers.
 */
public final class NativeLiveKpis {
  private NativeLiveKpis() {}

  public static void main(String[] args) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", args[4]);
    settings.setString("state.checkpoints.dir", Path.of(args[5]).toAbsolutePath().toUri().toString());
    settings.setString("taskmanager.memory.managed.size", "1g");
    settings.setString("taskmanager.memory.network.min", "64m");
    settings.setString("taskmanager.memory.network.max", "64m");
    settings.setString("taskmanager.numberOfTaskSlots", "2");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    env.getConfig().enableObjectReuse();
    env.enableCheckpointing(5_000);
    FileSource.FileSourceBuilder<String> sales =
        FileSource.forRecordStreamFormat(
            new TextLineInputFormat(), org.apache.flink.core.fs.Path.fromLocalFile(Path.of(args[0]).toFile()));
    if (args.length < 7) {
      sales.monitorContinuously(Duration.ofSeconds(1));
    }
    env.fromSource(sales.build(), WatermarkStrategy.noWatermarks(), "Read sales")
        .map(new ParseSale(reference(args[1], "model_id"), reference(args[2], "dealer_id")))
        .returns(Sale.class)
        .keyBy(sale -> sale.saleId)
        .process(new ResolveVersion())
        .returns(CellChange.class)
        .keyBy(change -> change.cell)
        .process(new SumCell())
        .returns(Types.STRING)
        .sinkTo(
            FileSink.forRowFormat(
                    new org.apache.flink.core.fs.Path(Path.of(args[3]).toAbsolutePath().toUri()),
                    new SimpleStringEncoder<String>())
                .build());
    env.execute("native live KPIs");
  }

  private static HashMap<String, Map<String, String>> reference(String folder, String key)
      throws Exception {
    HashMap<String, Map<String, String>> rows = new HashMap<>();
    try (var files = Files.newDirectoryStream(Path.of(folder), "*.csv")) {
      for (Path file : files) {
        var lines = Files.readAllLines(file);
        String[] header = lines.get(0).split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
          String[] values = line.split(",", -1);
          HashMap<String, String> row = new HashMap<>();
          for (int i = 0; i < header.length && i < values.length; i++) {
            row.put(header[i], values[i].strip().toUpperCase(java.util.Locale.ROOT));
          }
          rows.put(row.getOrDefault(key, ""), row);
        }
      }
    }
    return rows;
  }
}
