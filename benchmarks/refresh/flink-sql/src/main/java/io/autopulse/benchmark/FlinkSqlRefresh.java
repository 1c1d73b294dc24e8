package io.autopulse.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * The refresh in native Flink SQL, batch mode, on an embedded cluster: as much of it as that
 * language says. Reads a landing zone, validates, resolves versions, joins vehicles and dealers,
 * computes KPIs of 9 dimensions by day, week and month, and writes CSV files.
 *
 * <p>Left out, because Flink SQL has no means of it: price quantiles, the repair of mojibake, audits
 * and publication; unsound records are counted out, not kept.
 */
public final class FlinkSqlRefresh {
  private static final String SALES =
      """
      create temporary table sales_feed (
          sale_id string, updated_at string, `sequence` string, status string, sold_at string,
          model_id string, dealer_id string, region string, list_price string, net_price string,
          currency string, channel string, source string, customer_name string, customer_phone string
      ) with ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true')
      """;

  private static final String VEHICLES =
      """
      create temporary table vehicles_feed (
          model_id string, make string, model string, segment string, powertrain string,
          list_price string, updated_at string
      ) with ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true')
      """;

  private static final String DEALERS =
      """
      create temporary table dealers_feed (
          dealer_id string, dealer_name string, region string, updated_at string
      ) with ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true')
      """;

  // The header of each file is a record whose times do not parse: validation drops it.
  private static final String SOUND =
      """
      create temporary view sound as
      with trimmed as (
          select
              trim(sale_id) as sale_id,
              try_cast(replace(replace(updated_at, 'T', ' '), 'Z', '') as timestamp(3)) as updated_at,
              try_cast(`sequence` as bigint) as `sequence`,
              upper(trim(status)) as status,
              try_cast(replace(replace(sold_at, 'T', ' '), 'Z', '') as timestamp(3)) as sold_at,
              upper(trim(model_id)) as model_id,
              upper(trim(dealer_id)) as dealer_id,
              upper(regexp_replace(trim(region), '\\s+', ' ')) as region,
              nullif(trim(list_price), '') as list_text,
              try_cast(list_price as decimal(18, 2)) as list_price,
              position('.' in net_price) as point,
              char_length(trim(net_price)) as price_length,
              try_cast(net_price as decimal(18, 2)) as net_price,
              upper(trim(currency)) as currency,
              channel,
              source
          from sales_feed
      )

      select
          sale_id, updated_at, coalesce(`sequence`, 0) as `sequence`, status, sold_at,
          cast(cast(convert_tz(cast(sold_at as string), 'UTC', 'Europe/Paris') as timestamp(0)) as date) as sold_on,
          model_id, dealer_id, region, list_price, net_price, channel, source
      from trimmed
      where
          sale_id <> '' and char_length(sale_id) <= 64
          and sold_at >= timestamp '1980-01-01 00:00:00' and sold_at < timestamp '2100-01-01 00:00:00'
          and updated_at >= timestamp '1980-01-01 00:00:00' and updated_at < timestamp '2100-01-01 00:00:00'
          and status in ('SOLD', 'CANCELLED', 'RETURNED')
          and net_price > 0 and net_price <= 100000000 and (point = 0 or price_length - point <= 2)
          and (list_text is null or (list_price >= 0 and list_price <= 100000000))
          and (currency is null or currency = '' or currency = 'EUR')
          and char_length(coalesce(channel, '')) <= 200 and char_length(coalesce(source, '')) <= 200
          and not regexp(concat(sale_id, coalesce(channel, ''), coalesce(source, '')), '[\\x00-\\x1f\\x7f-\\x9f]')
      """;

  private static final String VERSIONS =
      """
      create temporary view versions as
      with distinct_versions as (
          select * from (
              select *,
                  row_number() over (
                      partition by sale_id, updated_at, `sequence` order by net_price desc
                  ) as copy
              from sound
          )
          where copy = 1
      )

      select *,
          row_number() over (partition by sale_id order by updated_at desc, `sequence` desc) as position_of
      from distinct_versions
      """;

  private static final String ENRICHED =
      """
      create temporary view enriched as
      with vehicles as (
          select upper(trim(model_id)) as model_id, upper(trim(make)) as make, upper(trim(model)) as model,
              upper(trim(segment)) as segment, upper(trim(powertrain)) as powertrain,
              try_cast(list_price as decimal(18, 2)) as list_price
          from vehicles_feed
      ),

      dealers as (
          select upper(trim(dealer_id)) as dealer_id, upper(trim(region)) as region from dealers_feed
      )

      select
          v.sale_id, v.updated_at, v.`sequence`, v.status, v.sold_at, v.sold_on,
          floor(timestampadd(day, -1, v.sold_on) to week) as sunday,
          cast(floor(v.sold_on to month) as date) as sold_month,
          v.model_id, coalesce(m.make, 'UNKNOWN') as make,
          coalesce(m.make || ' ' || m.model, 'UNKNOWN') as model,
          coalesce(m.segment, 'UNKNOWN') as segment, coalesce(m.powertrain, 'UNKNOWN') as powertrain,
          coalesce(nullif(v.dealer_id, ''), 'UNKNOWN') as dealer,
          coalesce(nullif(v.region, ''), d.region, 'UNKNOWN') as region,
          coalesce(v.list_price, m.list_price) as list_price, v.net_price, v.channel, v.source,
          v.position_of
      from versions as v
      left join vehicles as m on v.model_id = m.model_id
      left join dealers as d on v.dealer_id = d.dealer_id
      """;

  // Flink's weeks start on Sunday: the week of the day before, a day later, starts on Monday.
  private static final String FACTS =
      """
      create temporary view facts as
      select
          sold_on, cast(timestampadd(day, 1, sunday) as date) as sold_week, sold_month,
          make, model, segment, powertrain, region, dealer,
          case when position_of = 1 and status = 'SOLD' then 1 else 0 end as sold,
          case when position_of = 1 and status = 'CANCELLED' then 1 else 0 end as cancelled,
          case when position_of = 1 and status = 'RETURNED' then 1 else 0 end as returned,
          case when position_of = 1 and status = 'SOLD' then net_price else cast(0 as decimal(18, 2)) end as revenue,
          case when position_of = 1 and status = 'SOLD' and list_price > 0 then net_price end as discounted_net,
          case when position_of = 1 and status = 'SOLD' and list_price > 0 then list_price end as discounted_list,
          case when position_of = 1 then 1 else 2 end as revision
      from enriched
      """;

  private static final String KPI_COLUMNS =
      "sold_on, sold_week, sold_month, make, model, segment, powertrain, region, dealer";

  private static final List<String> GRAINS = List.of("sold_on", "sold_week", "sold_month");
  private static final List<String> DIMENSIONS =
      List.of(
          "",
          ", make",
          ", model",
          ", segment",
          ", powertrain",
          ", region",
          ", dealer",
          ", region, powertrain",
          ", region, model");

  private final Path landing;
  private final Path out;
  private final TableEnvironment tables;

  private FlinkSqlRefresh(Path landing, Path out) {
    this.landing = landing.toAbsolutePath();
    this.out = out.toAbsolutePath();
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", System.getProperty("parallelism", "2"));
    configuration.setString("taskmanager.numberOfTaskSlots", System.getProperty("parallelism", "2"));
    configuration.setString("taskmanager.memory.managed.size", System.getProperty("managed", "2g"));
    configuration.setString("taskmanager.memory.network.min", "256m");
    configuration.setString("taskmanager.memory.network.max", "256m");
    configuration.setString("io.tmp.dirs", this.out.resolve("tmp").toString());
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("execution.batch.adaptive.auto-parallelism.enabled", "false");
    configuration.setString("table.exec.spill-compression.enabled", "false");
    configuration.setString("table.local-time-zone", "UTC");
    tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().inBatchMode().withConfiguration(configuration).build());
  }

  /**
   * Runs.
   *
   * @param arguments the landing zone, the folder to write to, and the number of runs
   */
  public static void main(String[] arguments) throws Exception {
    for (int run = 0; run < Integer.parseInt(arguments[2]); run++) {
      Path out = Path.of(arguments[1]);
      delete(out);
      Files.createDirectories(out.resolve("tmp"));
      long cpu = cpuNanos();
      long started = System.nanoTime();
      FlinkSqlRefresh refresh = new FlinkSqlRefresh(Path.of(arguments[0]), out);
      refresh.run();
      double seconds = (System.nanoTime() - started) / 1e9;
      double cpuSeconds = (cpuNanos() - cpu) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "{\"seconds\": %.3f, \"cpu\": %.2f, \"sums\": [%s]}%n",
          seconds,
          cpuSeconds,
          Boolean.getBoolean("sums") ? refresh.sums() : "");
    }
    System.exit(0);
  }

  private void run() throws Exception {
    tables.executeSql(SALES.formatted(folder("sales")));
    tables.executeSql(VEHICLES.formatted(folder("vehicles")));
    tables.executeSql(DEALERS.formatted(folder("dealers")));
    for (String view : List.of(SOUND, VERSIONS, ENRICHED, FACTS)) {
      tables.executeSql(view);
    }
    tables.executeSql(
        """
        create temporary table staged_versions (
            sale_id string, updated_at timestamp(3), `sequence` bigint, status string, sold_at timestamp(3),
            sold_on date, model_id string, make string, model string, segment string, powertrain string,
            dealer_id string, region string, list_price decimal(18, 2), net_price decimal(18, 2),
            channel string, source string, fate string
        ) with ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv')
        """
            .formatted(out.resolve("sale_versions").toUri()));
    tables.executeSql(
        """
        create temporary table staged_kpis (
            sold_on date, sold_week date, sold_month date, make string, model string, segment string,
            powertrain string, region string, dealer string, units_sold bigint, units_cancelled bigint,
            units_returned bigint, revenue decimal(38, 2), average_price decimal(38, 2),
            average_discount decimal(9, 6), revision bigint
        ) with ('connector' = 'filesystem', 'path' = '%s', 'format' = 'csv')
        """
            .formatted(out.resolve("sales_kpi").toUri()));
    StatementSet statements = tables.createStatementSet();
    statements.addInsertSql(
        """
        insert into staged_versions
        select sale_id, updated_at, `sequence`, status, sold_at, sold_on, model_id, make, model, segment, powertrain,
            dealer, region, list_price, net_price, channel, source,
            case when position_of = 1 then 'CURRENT' else 'SUPERSEDED' end
        from enriched
        """);
    statements.addInsertSql(
        """
        insert into staged_kpis
        select %1$s,
            cast(sum(sold) as bigint), cast(sum(cancelled) as bigint), cast(sum(returned) as bigint), sum(revenue),
            case when sum(sold) > 0 then cast(sum(revenue) / sum(sold) as decimal(38, 2)) end,
            cast(1 - cast(sum(discounted_net) as double) / cast(sum(discounted_list) as double) as decimal(9, 6)),
            cast(sum(revision) as bigint)
        from facts
        group by grouping sets (%2$s)
        """
            .formatted(KPI_COLUMNS, groupingSets()));
    statements.execute().await();
  }

  private static String groupingSets() {
    StringJoiner sets = new StringJoiner(", ");
    for (String grain : GRAINS) {
      for (String dimension : DIMENSIONS) {
        sets.add("(" + grain + dimension + ")");
      }
    }
    return sets.toString();
  }

  /** Returns rows, units, revenue and revision over all KPI rows: what the comparison looks at. */
  private String sums() throws Exception {
    List<String> values = new ArrayList<>();
    try (CloseableIterator<Row> rows =
        tables
            .executeSql(
                "select count(*), sum(units_sold), sum(units_cancelled), sum(units_returned), sum(revenue), sum(revision) from staged_kpis")
            .collect()) {
      Row row = rows.next();
      for (int i = 0; i < row.getArity(); i++) {
        values.add(String.valueOf(row.getField(i)));
      }
    }
    return String.join(", ", values);
  }

  private String folder(String feed) {
    return landing.resolve(feed).toUri().toString();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
