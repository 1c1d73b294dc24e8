package io.autopulse.pipeline.manifest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.NullTexts;
import io.autopulse.domain.feed.RowCondition;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.Ties;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.sink.publish.AuditLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  private static final String LEAST =
      """
      job: daily
      feeds:
        sales:
          from: {type: csv, path: a.csv}
      """;

  private static final String WHOLE =
      """
      job: daily-refresh
      owner: sales analytics
      timezone: America/New_York
      currency: USD
      lookback: 5w
      feeds:
        sales:
          from: {type: csv, path: "${LANDING:-landing}/sales/*.csv", charset: latin1, separator: tab, quote: "'"}
          columns: {sale_id: Car_id, sold_at: " Date ", net_price: "Price ($)"}
          formats: {sold_at: M/d/yyyy, updated_at: epoch_millis, timezone: UTC, decimal: ",", grouping: "."}
          defaults: {status: SOLD, currency: USD}
          sensitive: [Customer Name, Phone]
        vehicles:
          from: {type: airbyte-jsonl, path: landing/vehicles/*.jsonl}
        dealers:
          from:
            type: jdbc
            url: jdbc:postgresql://localhost/crm
            table: crm.dealers
            user: reader
            password_env: CRM_PASSWORD
            partition_column: dealer_id
            partitions: 4
      kpis:
        grains: [month, day]
        dimensions: [total, dealer, [region, powertrain]]
      audits:
        max_change: 1.5
        max_rejected: 0.02
      warehouse: ${AUTOPULSE_WAREHOUSE}
      staging: /var/staging
      """;

  @Test
  void leastManifestGetsTheDefaults() {
    Manifest manifest = read(LEAST);
    assertThat(manifest.job(), is("daily"));
    assertThat(manifest.kind(), is(JobSpec.Kind.REFRESH));
    assertThat(manifest.owner(), is(""));
    assertThat(manifest.timezone(), is(ZoneId.of("Europe/Paris")));
    assertThat(manifest.currency(), is(Currency.getInstance("EUR")));
    assertThat(lookback(manifest), is(new Lookback(35)));
    assertThat(
        manifest.feed(Feed.SALES),
        is(
            Optional.of(
                new FeedSpec(
                    Feed.SALES,
                    new io.autopulse.pipeline.manifest.CsvSource("a.csv", "UTF-8", ',', '"'),
                    Map.of(),
                    new FieldFormats(Map.of(), ZoneId.of("Europe/Paris"), '.', null),
                    Map.of(),
                    List.of()))));
    assertThat(manifest.feed(Feed.VEHICLES), is(Optional.empty()));
    assertThat(
        manifest.kpis().orElseThrow().grains(), contains(Grain.DAY, Grain.WEEK, Grain.MONTH));
    assertThat(
        manifest.kpis().orElseThrow().dimensions().stream().map(Dimension::toString).toList(),
        contains(
            "total",
            "make",
            "model",
            "segment",
            "powertrain",
            "region",
            "dealer",
            "region x powertrain",
            "region x model"));
    assertThat(manifest.audits(), is(AuditLimits.rejectedAtMost("0.1")));
    assertThat(manifest.warehouse().toString(), is("duckdb:autopulse.duckdb"));
    assertThat(manifest.staging(), is(Optional.empty()));
  }

  @Test
  void everyKeyIsRead() {
    Manifest manifest =
        new ManifestReader(Map.of("AUTOPULSE_WAREHOUSE", "duckdb:w.duckdb"))
            .read("m.yaml", WHOLE, List.of());
    assertThat(manifest.job(), is("daily-refresh"));
    assertThat(manifest.owner(), is("sales analytics"));
    assertThat(manifest.timezone(), is(ZoneId.of("America/New_York")));
    assertThat(manifest.currency(), is(Currency.getInstance("USD")));
    assertThat(lookback(manifest), is(new Lookback(35)));
    FeedSpec sales = manifest.feeds().get(Feed.SALES);
    assertThat(
        sales,
        equalTo(
            new FeedSpec(
                Feed.SALES,
                new io.autopulse.pipeline.manifest.CsvSource(
                    "landing/sales/*.csv", "ISO-8859-1", '\t', '\''),
                Map.of("sale_id", "Car_id", "sold_at", "Date", "net_price", "Price ($)"),
                new FieldFormats(
                    Map.of("sold_at", "M/d/yyyy", "updated_at", "epoch_millis"),
                    ZoneId.of("UTC"),
                    ',',
                    '.'),
                Map.of("status", "SOLD", "currency", "USD"),
                List.of("Customer Name", "Phone"))));
    assertThat(sales.headers("net_price"), is(List.of("Price ($)")));
    assertThat(sales.headers("make"), is(List.of("make")));
    assertThat(sales.formats().timeFormat("sold_at"), is("M/d/yyyy"));
    assertThat(
        manifest.feeds().get(Feed.VEHICLES).source(),
        is(new AirbyteJsonlSource("landing/vehicles/*.jsonl")));
    assertThat(
        manifest.feeds().get(Feed.VEHICLES).formats().timezone(),
        is(ZoneId.of("America/New_York")));
    assertThat(
        manifest.feeds().get(Feed.DEALERS).source(),
        is(
            new JdbcSource(
                "jdbc:postgresql://localhost/crm",
                "crm.dealers",
                null,
                "reader",
                "CRM_PASSWORD",
                null,
                null,
                null,
                "dealer_id",
                4)));
    assertThat(
        manifest.kpis().orElseThrow(),
        is(
            new KpiSpec(
                List.of(Grain.MONTH, Grain.DAY),
                List.of(
                    Dimension.TOTAL,
                    Dimension.of(Attribute.DEALER),
                    Dimension.of(Attribute.REGION, Attribute.POWERTRAIN)))));
    assertThat(manifest.audits(), is(AuditLimits.rejectedAtMost("0.02").changeAtMost("1.5")));
    assertThat(manifest.warehouse().toString(), is("duckdb:w.duckdb"));
    assertThat(manifest.staging(), is(Optional.of(Path.of("/var/staging"))));
    assertThat(
        manifest.places().of("feeds.sales.columns.sold_at"),
        is("m.yaml:9: feeds.sales.columns.sold_at"));
  }

  @Test
  void feedsCanTravelToWorkers() throws IOException, ClassNotFoundException {
    Manifest manifest = read(WHOLE, "warehouse=duckdb:w.duckdb");
    for (FeedSpec spec : manifest.feeds().values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(spec);
      assertThat(
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject(),
          equalTo(spec));
    }
  }

  @Test
  void allProblemsAreReportedTogetherInTheOrderOfTheFile() {
    assertThat(
        problems(
            """
            lookback: soon
            looback: 35d
            feeds:
              sales:
                from: {type: csv, separator: ab}
                sensitive: Phone
              vehicle:
                from: {type: csv, path: b.csv}
            audits: [1]
            warehouse: ${NO_SUCH_WAREHOUSE}
            """,
            "currency=Euro"),
        contains(
            "m.yaml:1: the required key \"job\" is missing",
            "m.yaml:1: lookback: \"soon\" is not a lookback: days such as 35d, weeks such as 5w, or all",
            "m.yaml:2: looback: is not a known key. Did you mean \"lookback\"?",
            "m.yaml:5: feeds.sales.from: the required key \"path\" is missing",
            "m.yaml:5: feeds.sales.from.separator: \"ab\" is not one character, or tab",
            "m.yaml:6: feeds.sales.sensitive: is the value \"Phone\", but must be a list",
            "m.yaml:7: feeds.vehicle: is not a known key. Did you mean \"vehicles\"?",
            "m.yaml:9: audits: is a list, but must be a map",
            "m.yaml:10: warehouse: needs the environment variable NO_SUCH_WAREHOUSE, which is not set. Set it, or give a default: ${NO_SUCH_WAREHOUSE:-default}",
            "--set currency: \"Euro\" is not an ISO 4217 code such as EUR"));
  }

  @Test
  void missingFeedsAndSourceAreNamed() {
    assertThat(problems("job: a\n"), contains("m.yaml:1: the required key \"feeds\" is missing"));
    assertThat(
        problems("job: a\nfeeds:\n  dealers:\n    columns: {dealer_id: Id}\n"),
        contains(
            "m.yaml:2: feeds: the required key \"sales\" is missing",
            "m.yaml:3: feeds.dealers: the required key \"from\" is missing"));
  }

  @Test
  void marketFeedsAreReadWithTheirMappings() {
    Manifest manifest =
        read(
            """
            job: market-data
            feeds:
              registrations:
                from: {type: airbyte-jsonl, path: "r/*.jsonl"}
                columns: {make: merk}
              social:
                from: {type: csv, path: s.csv}
            mappings:
              makes: {Volkswagen: [VW, volkswagen ag], Renault: []}
              regions:
                Île-de-France: ["75*", Paris]
              topics: {Renault Clio: [Clio_V], Tesla: []}
            """);
    assertThat(manifest.kind(), is(JobSpec.Kind.MARKET));
    assertThat(manifest.feeds().keySet(), contains(Feed.REGISTRATIONS, Feed.SOCIAL));
    assertThat(manifest.mappings().makes().member("VW"), is(Optional.of("VOLKSWAGEN")));
    assertThat(manifest.mappings().makes().member("TESLA"), is(Optional.empty()));
    assertThat(manifest.mappings().regions().member("75011"), is(Optional.of("ÎLE-DE-FRANCE")));
    assertThat(manifest.mappings().topics().member("TESLA"), is(Optional.of("TESLA")));
    assertThat(manifest.mappings().topics().member("CLIO V"), is(Optional.of("RENAULT CLIO")));
    assertThat(manifest.mappings().fuels().member("E10"), is(Optional.of("E10")));
    FeedSpec registrations = manifest.feed(Feed.REGISTRATIONS).orElseThrow();
    assertThat(
        "Airbyte's envelope tells when a record was extracted",
        registrations.columns(),
        is(Map.of("make", "merk", "extracted_at", "_airbyte_extracted_at")));
    assertThat(registrations.formats().timeFormat("extracted_at"), is("epoch_millis"));
    assertThat(manifest.feed(Feed.SOCIAL).orElseThrow().columns(), is(Map.of()));
  }

  @Test
  void whatMarketDataHasNotAndWhatIsWrongInItsMappingsIsNamed() {
    assertThat(
        problems(
            """
            job: market-data
            lookback: 5w
            feeds:
              registrations:
                from: {type: csv, path: r.csv}
            mappings:
              makes: {Volkswagen: [VW], Audi: [vw]}
              model: {}
              fuels: {DIESEL: Gazole}
              regions: {North: ["", N]}
            kpis: {grains: [day]}
            audits: {max_change: 0.5}
            live: {panes: 1s, corrections: 35d}
            trends: {}
            """),
        contains(
            "m.yaml:2: lookback: market data has none: a run reads all that its feeds hold. Remove the key",
            "m.yaml:7: mappings.makes: \"VW\" means two members: VOLKSWAGEN and AUDI",
            "m.yaml:8: mappings.model: is not a known key. Did you mean \"models\"?",
            "m.yaml:9: mappings.fuels.DIESEL: is the value \"Gazole\", but must be a list",
            "m.yaml:10: mappings.regions.North.0: has no value. Give it one, or remove the key",
            "m.yaml:11: kpis: market data has no KPIs of its own. Remove the section",
            "m.yaml:12: audits.max_change: is of the units of sales. Remove the key",
            "m.yaml:13: live.corrections: is of sales: a market figure can be corrected at any time. Remove it",
            "m.yaml:14: trends: are of sales. Put the section into the manifest of a live job of sales"));
  }

  @Test
  void jobReadsEitherSalesOrMarketData() {
    assertThat(
        problems(
            """
            job: both
            feeds:
              sales:
                from: {type: csv, path: a.csv}
              fuel_prices:
                from: {type: csv, path: f.csv}
            """),
        contains(
            "m.yaml:3: feeds.sales: stands beside market feeds; a job reads either sales or market data. Put it into a manifest of its own"));
    assertThat(
        problems(LEAST + "mappings: {makes: {Renault: []}}\n"),
        contains(
            containsString(
                "mappings: is for market feeds. Names of sales are completed by vehicles and dealers")));
  }

  @Test
  void refreshMayHaveTargetsWhoseMonthsNeedNoDay() {
    String targets = LEAST + "  targets:\n    from: {type: csv, path: t.csv}\n";
    Manifest manifest = read(targets);
    assertThat(manifest.kind(), is(JobSpec.Kind.REFRESH));
    FieldFormats formats = manifest.feed(Feed.TARGETS).orElseThrow().formats();
    assertThat(formats.timeFormat("month"), is("iso\nyyyy-MM"));
    assertThat(formats.timeFormat("updated_at"), is("iso"));
    FieldFormats others =
        read(targets + "    formats: {month: MM/yyyy, decimal: \",\"}\n")
            .feed(Feed.TARGETS)
            .orElseThrow()
            .formats();
    assertThat(others.timeFormat("month"), is("MM/yyyy"));
    assertThat(others.decimal(), is(','));
  }

  @Test
  void targetsAreOfARefreshOnly() {
    String targets = "  targets:\n    from: {type: csv, path: t.csv}\n";
    assertThat(
        problems(LEAST + targets + "live: {}\n"),
        contains(
            "m.yaml:5: feeds.targets: is for jobs that end: a live job publishes no targets. Put it into the manifest of a daily refresh"));
    assertThat(
        problems("job: m\nfeeds:\n  attention:\n    from: {type: csv, path: a.csv}\n" + targets),
        contains(
            "m.yaml:5: feeds.targets: stands beside market feeds; a job reads either sales or market data. Put it into a manifest of its own"));
    assertThat(
        problems(LEAST + "  targets:\n    from: {type: warehouse, table: targets}\n"),
        contains(
            containsString("targets cannot be read from the tables that they are published to")));
  }

  @Test
  void marketDataMayBeDatedAheadAsFarAsSaid() {
    String manifest =
        """
        job: market
        max_ahead: 8w
        feeds:
          fuel_prices:
            from: {type: csv, path: f.csv}
        """;
    assertThat(
        new ManifestReader(Map.of()).read("m.yaml", manifest, List.of()).maxAhead(),
        is(java.time.Duration.ofDays(56)));
  }

  @Test
  void shippedMarketManifestIsSound() {
    Manifest manifest =
        new ManifestReader(Map.of()).read(Path.of("pipelines/market-data.yaml"), List.of());
    assertThat(manifest.feeds().keySet(), is(java.util.Set.copyOf(Feed.OF_MARKET)));
    assertThat(manifest.mappings().topics().member("SKODA"), is(Optional.of("ŠKODA")));
    assertThat(manifest.feed(Feed.SOCIAL).orElseThrow().sensitive(), contains("user_name", "text"));
  }

  @Test
  void wholeFileOfAnotherTypeIsExplained() {
    assertThat(problems("- a\n"), contains("m.yaml:1: is a list, but must be a map"));
    assertThat(
        problems("hello\n"), contains("m.yaml:1: is the value \"hello\", but must be a map"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "job=Daily|--set job: \"Daily\" is not a job's name: lower-case letters, digits and hyphens, beginning with a letter",
        "job=|--set job: has no value. Give it one, or remove the key",
        "job=[a]|--set job: is a list, but must be one value",
        "timezone=Europe/Pariss|--set timezone: \"Europe/Pariss\" is not a time zone. Did you mean \"Europe/Paris\"?",
        "timezone=nowhere at all|--set timezone: \"nowhere at all\" is not a time zone. Write an IANA name such as Europe/Paris",
        "currency=eur|--set currency: \"eur\" is not an ISO 4217 code such as EUR",
        "feeds.sales=x|--set feeds.sales: is the value \"x\", but must be a map",
        "feeds.sales.from.type=cvs|--set feeds.sales.from.type: \"cvs\" is not a type of source. Did you mean \"csv\"?",
        "feeds.sales.from.type=oracle|--set feeds.sales.from.type: \"oracle\" is not a type of source. Known: csv, xlsx, airbyte-jsonl, jdbc, kafka, warehouse",
        "feeds.sales.from.charset=UTF8x|--set feeds.sales.from.charset: \"UTF8x\" is not a charset of this machine. Did you mean \"UTF-8\"?",
        "feeds.sales.from.charset=??|--set feeds.sales.from.charset: \"??\" is not a charset of this machine. Write UTF-8, ISO-8859-1, windows-1252 or another IANA name",
        "feeds.sales.from.quote=,|m.yaml:4: feeds.sales.from: separator and quote must differ",
        "feeds.sales.from.table=x|--set feeds.sales.from.table: is not a known key. Known: type, path, charset, separator, quote, skip_lines",
        "feeds.sales.from.skip_lines=-1|--set feeds.sales.from.skip_lines: \"-1\" is not a whole number from 0 to 1000",
        "feeds.sales.columns.soldat=Date|--set feeds.sales.columns.soldat: is not a known key. Did you mean \"sold_at\"?",
        "feeds.sales.defaults.statuss=SOLD|--set feeds.sales.defaults.statuss: is not a known key. Did you mean \"status\"?",
        "feeds.sales.formats.net_price=#|--set feeds.sales.formats.net_price: is not a known key. Known: timezone, decimal, grouping, updated_at, sold_at",
        "feeds.sales.formats.decimal=;|--set feeds.sales.formats.decimal: \";\" is not a decimal mark: \".\" or \",\"",
        "feeds.sales.formats.grouping=_|--set feeds.sales.formats.grouping: \"_\" is not a grouping mark: \",\", \".\", \" \" or \"'\"",
        "feeds.sales.formats.grouping=.|--set feeds.sales.formats.grouping: feeds.sales.formats: decimal and grouping must differ",
        "feeds.sales.formats.sold_at=m/d/yyyy|--set feeds.sales.formats.sold_at: \"m/d/yyyy\" does not give year, month and day. Write a pattern such as M/d/yyyy; M is the month and m the minute",
        "feeds.sales.formats.sold_at=M/d/yyyy hh:mm|--set feeds.sales.formats.sold_at: \"M/d/yyyy hh:mm\" has a 12-hour clock without its half of the day. Write HH for the hours 00 to 23, or add a for AM and PM",
        "feeds.sales.formats.sold_at=iso8601|--set feeds.sales.formats.sold_at: \"iso8601\" is not a time pattern: Unknown pattern letter: i. Write a java.time pattern such as M/d/yyyy, or one of iso, epoch_millis, epoch_seconds, epoch_micros, epoch_days",
        "feeds.sales.formats.sold_at=yyyy-MM|--set feeds.sales.formats.sold_at: \"yyyy-MM\" does not give year, month and day. Write a pattern such as M/d/yyyy; M is the month and m the minute",
        "feeds.sales.formats.sold_at=yyyy[-MM][ HH:mm]|--set feeds.sales.formats.sold_at: \"yyyy[-MM][ HH:mm]\" does not give year, month and day. Write a pattern such as M/d/yyyy; M is the month and m the minute",
        "feeds.sales.formats.sold_at='dd.MM.yyyy[ hh:mm]'|--set feeds.sales.formats.sold_at: \"dd.MM.yyyy[ hh:mm]\" has a 12-hour clock without its half of the day. Write HH for the hours 00 to 23, or add a for AM and PM",
        "feeds.sales.formats.sold_at=[iso, dd.mm.yyyy]|--set feeds.sales.formats.sold_at: feeds.sales.formats.sold_at.1: \"dd.mm.yyyy\" does not give year, month and day. Write a pattern such as M/d/yyyy; M is the month and m the minute",
        "feeds.sales.formats.sold_at=[]|--set feeds.sales.formats.sold_at: has no element. Give it one, or remove the key",
        "feeds.sales.ties=offset|--set feeds.sales.ties: \"offset\" is not a rule for versions of one moment. Known: content, position",
        "max_ahead=soon|--set max_ahead: \"soon\" is not a duration such as 500ms, 10s, 5m, 12h, 35d or 5w",
        "feeds.sales.sensitive=[a, a]|--set feeds.sales.sensitive: feeds.sales.sensitive.1: stands twice in the list. Keep one",
        "kpis.grains=[day, wek]|--set kpis.grains: kpis.grains.1: \"wek\" is not a grain. Did you mean \"week\"?",
        "kpis.grains=[day, day]|--set kpis.grains: kpis.grains.1: stands twice in the list. Keep one",
        "kpis.grains=[]|--set kpis.grains: kpis: grains needs at least one element",
        "kpis.grains=day|--set kpis.grains: is the value \"day\", but must be a list",
        "kpis.dimensions=[mdel]|--set kpis.dimensions: kpis.dimensions.0: \"mdel\" is not a dimension. Did you mean \"model\"?",
        "kpis.dimensions=[[region, region]]|--set kpis.dimensions: kpis.dimensions.0: is not a pair of two different attributes. Write it as [region, powertrain]",
        "kpis.dimensions=[[region, model, make]]|--set kpis.dimensions: kpis.dimensions.0: is not a pair of two different attributes. Write it as [region, powertrain]",
        "kpis.dimensions=[[region, total]]|--set kpis.dimensions: kpis.dimensions.0.1: \"total\" is not an attribute. Known: make, model, segment, powertrain, region, dealer",
        "kpis.dimensions=[[region, model], make, [region, model]]|--set kpis.dimensions: kpis.dimensions.2: stands twice in the list. Keep one",
        "kpis.dimensions=[{a: b}]|--set kpis.dimensions: kpis.dimensions.0: is a map, but must be one value",
        "audits.max_rejected=1.1|--set audits.max_rejected: \"1.1\" is not a fraction from 0 to 1, such as 0.1 for 10 %",
        "audits.max_rejected=10 %|--set audits.max_rejected: \"10 %\" is not a fraction from 0 to 1, such as 0.1 for 10 %",
        "audits.max_change=-1|--set audits.max_change: \"-1\" is not a fraction of at least 0, such as 0.5 for 50 %",
        "audits.max_chance=1|--set audits.max_chance: is not a known key. Did you mean \"max_change\"?",
        "warehouse=bigquery:x|--set warehouse: \"bigquery:x\" is not a warehouse. Write duckdb:PATH or snowflake://ACCOUNT/DATABASE/SCHEMA",
      })
  void oneWrongValueIsNamedAndExplained(String setting, String problem) {
    assertThat(problems(LEAST, setting), contains(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "table=x; drop table y|.table: \"x; drop table y\" is not a table's name, such as crm.sales; use query for more",
        "query=select 1|: needs either table or query, not both",
        "partitions=65|.partitions: \"65\" is not a whole number from 1 to 64",
        "partitions=4|: partitions needs partition_column to divide the rows by",
        "partition_column=a b|.partition_column: \"a b\" is not a column's name",
        "cursor_column=a b|.cursor_column: \"a b\" is not a column's name",
        "cursor_colum=updated_at|.cursor_colum: is not a known key. Did you mean \"cursor_column\"?",
        "cursor_margin=2d|: cursor_margin needs cursor_column, which it is about",
        "cursor_margin=soon|.cursor_margin: \"soon\" is not a duration such as",
        "password_env=$X|.password_env: \"$X\" is not the name of an environment variable",
        "password=hunter2|.password: a password must not stand in a manifest, where it would be kept and shared. Put it into an environment variable named by password_env, or a file named by password_file",
        "url=jdbc:postgresql://h/d?user=a&password=hunter2|.url: the URL holds a password. Take it out, and name a variable by password_env or a file by password_file",
        "url=jdbc:mysql://me:hunter2@h/d|.url: the URL holds a password. Take it out, and name a variable by password_env or a file by password_file",
        "url=postgresql://h/hunter2|.url: the URL does not begin with jdbc:. Write it as jdbc:postgresql://host/database",
      })
  void jdbcSourceIsCheckedAndTellsNoSecret(String setting, String problem) {
    String manifest =
        """
        job: daily
        feeds:
          sales:
            from:
              type: jdbc
              url: jdbc:postgresql://h/d
              table: sales
        """;
    List<String> problems = problems(manifest, "feeds.sales.from." + setting);
    assertThat(problems.size(), is(1));
    assertThat(problems.get(0), containsString("feeds.sales.from" + problem));
    assertThat(problems.toString().contains("hunter2"), is(false));
  }

  @Test
  void tiesGoByContentUnlessTheFeedSaysByPosition() {
    assertThat(read(LEAST).feeds().get(Feed.SALES).ties(), is(Ties.CONTENT));
    assertThat(
        read(LEAST, "feeds.sales.ties=position").feeds().get(Feed.SALES).ties(), is(Ties.POSITION));
    String airbyte = "feeds.sales.from={type: airbyte-jsonl, path: x}";
    assertThat(
        read(LEAST, airbyte, "feeds.sales.ties=position").feeds().get(Feed.SALES).ties(),
        is(Ties.POSITION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns: {sequence: Nr}|ties: position decides instead of a sequence: remove ties, or sequence from columns",
        "defaults: {sequence: 7}|ties: position decides instead of a sequence: remove ties, or sequence from defaults"
      })
  void tiesByPositionAndASequenceExcludeEachOther(String sequence, String problem) {
    assertThat(
        problems(
            """
            job: daily
            feeds:
              sales:
                from: {type: csv, path: x.csv}
                ties: position
                %s
            """
                .formatted(sequence)),
        contains("m.yaml:3: feeds.sales: " + problem));
  }

  @Test
  void tiesByPositionNeedASourceWithPositionsAndAFeedWithVersions() {
    assertThat(
        problems(
            """
            job: daily
            feeds:
              sales:
                from: {type: jdbc, url: "jdbc:postgresql://h/d", table: sales}
                ties: position
              dealers:
                from: {type: csv, path: x.csv}
                ties: content
            """),
        contains(
            "m.yaml:3: feeds.sales: rows of a database have no position that ties could go by: map a"
                + " column to sequence and remove ties",
            "m.yaml:8: feeds.dealers.ties: is for sales, which have versions. Remove the key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap_servers=localhost|.bootstrap_servers: \"localhost\" is not HOST:PORT, or several with commas",
        "topic=a b|.topic: \"a b\" is not a topic's name",
        "password=hunter2|.password: a password must not stand in a manifest, where it would be kept and shared. Put it into a properties file of Kafka's consumer, named by properties_file",
        "envelope=debesium|.envelope: \"debesium\" is not an envelope. Did you mean \"debezium\"?",
        "group_ids=x|.group_ids: is not a known key. Did you mean \"group_id\"?",
      })
  void kafkaSourceIsChecked(String setting, String problem) {
    String manifest =
        """
        job: daily
        feeds:
          sales: {from: {type: kafka, bootstrap_servers: "a:9092,b:9092", topic: sales}}
        """;
    List<String> problems = problems(manifest, "feeds.sales.from." + setting);
    assertThat(problems.size(), is(1));
    assertThat(problems.get(0), containsString("feeds.sales.from" + problem));
    assertThat(problems.toString().contains("hunter2"), is(false));
  }

  @Test
  void textsForAbsentValuesAreTheUsualOnesUnlessTheFeedSaysItsOwn() {
    assertThat(sales().nulls(), is(NullTexts.USUAL));
    assertThat(sales("feeds.sales.nulls=[]").nulls(), is(List.of()));
    assertThat(
        sales("feeds.sales.nulls=[\"\\u00a0k. A. \", NULL, \"-\", 1970-01-01]").nulls(),
        is(List.of("k. A.", "NULL", "-", "1970-01-01")));
    assertThat(
        problems(LEAST, "feeds.sales.nulls=[\"\\u00a0\"]"),
        contains(
            "--set feeds.sales.nulls: feeds.sales.nulls.0: has no value. Give it one, or remove the key"));
    assertThat(
        read(LEAST, "feeds.vehicles={from: {type: warehouse, table: vehicles}}")
            .feeds()
            .get(Feed.VEHICLES)
            .nulls(),
        is(List.of()));
  }

  @Test
  void blanksAroundTheNamesOfAManifestAreNoPartOfThem() {
    FeedSpec sales =
        sales(
            "feeds.sales.columns={make: \"Marke\\u00a0\"}",
            "feeds.sales.sensitive=[\"\\ufeffTelefon\\u200b\"]",
            "feeds.sales.defaults={region: \"\\u202fNorth\"}");
    assertThat(sales.columns(), is(Map.of("make", "Marke")));
    assertThat(sales.sensitive(), is(List.of("Telefon")));
    assertThat(sales.defaults(), is(Map.of("region", "North")));
    assertThat(
        problems(LEAST, "feeds.sales.columns={make: \"\\u200b\"}"),
        contains(containsString("has no value. Give it one, or remove the key")));
  }

  private static FeedSpec sales(String... settings) {
    return read(LEAST, settings).feeds().get(Feed.SALES);
  }

  @Test
  void topicMayHaveAnEnvelope() {
    String topic = "feeds.sales.from={type: kafka, bootstrap_servers: 'a:1', topic: t%s}";
    assertThat(
        read(LEAST, topic.formatted(", envelope: debezium")).feeds().get(Feed.SALES).source(),
        is(new KafkaSource("a:1", "t", null, null, "debezium")));
    assertThat(
        read(LEAST, topic.formatted("")).feeds().get(Feed.SALES).source(),
        is(new KafkaSource("a:1", "t", null, null, null)));
  }

  @Test
  void referenceFeedMayBeACoreTableOfTheWarehouse() {
    Manifest manifest = read(LEAST, "feeds.vehicles={from: {type: warehouse, table: vehicles}}");
    assertThat(manifest.feeds().get(Feed.VEHICLES).source(), is(new WarehouseSource("vehicles")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "feeds.vehicles={from: {type: warehouse, table: vehicels}}|feeds.vehicles: feeds.vehicles.from.table: \"vehicels\" is not the core table of the feed vehicles. Did you mean \"vehicles\"?",
        "feeds.vehicles={from: {type: warehouse, table: dealers}}|feeds.vehicles: feeds.vehicles.from.table: \"dealers\" is not the core table of the feed vehicles. Known: vehicles",
        "feeds.vehicles={from: {type: warehouse}}|feeds.vehicles: feeds.vehicles.from: the required key \"table\" is missing",
        "feeds.dealers={from: {type: warehouse, table: dealers}, columns: {region: Gebiet}}|feeds.dealers: a table of the warehouse is read as it is, without columns, formats, defaults, sensitive, nulls, skip_rows and fill_down",
        "feeds.dealers={from: {type: warehouse, table: dealers}, formats: {decimal: ','}}|feeds.dealers: a table of the warehouse is read as it is, without columns, formats, defaults, sensitive, nulls, skip_rows and fill_down",
        "feeds.dealers={from: {type: warehouse, table: dealers}, defaults: {region: North}}|feeds.dealers: a table of the warehouse is read as it is, without columns, formats, defaults, sensitive, nulls, skip_rows and fill_down",
        "feeds.sales={from: {type: warehouse, table: sales}}|feeds.sales: feeds.sales.from: sales cannot be read from the tables that they are published to",
      })
  void warehouseSourceIsChecked(String setting, String problem) {
    assertThat(problems(LEAST, setting), contains("--set " + problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "skip_rows=[{column: Typ}]|feeds.sales.skip_rows.0: a condition has one of is, is_not, like and absent, not none",
        "skip_rows=[{column: Typ, is: a, absent: true}]|feeds.sales.skip_rows.0: a condition has one of is, is_not, like and absent, not several: write a condition for each",
        "skip_rows=[{column: Typ, like: Summe}]|feeds.sales.skip_rows.0.like: \"Summe\" has no * or % that stands for any text. Write it with one, as \"* TOTAL\", or use is",
        "skip_rows=[{column: Typ, absent: yes}]|feeds.sales.skip_rows.0.absent: \"yes\" is not a truth value. Known: true, false",
        "fill_down=[a, a]|feeds.sales.fill_down.1: stands twice in the list. Keep one",
      })
  void conditionsOfSkippedRowsAreChecked(String setting, String problem) {
    String key = setting.substring(0, setting.indexOf('='));
    assertThat(
        problems(LEAST, "feeds.sales." + setting),
        contains("--set feeds.sales." + key + ": " + problem));
  }

  @Test
  void rowsAreSkippedAndColumnsFilledDownAsTheFeedSays() {
    FeedSpec spec =
        sales(
            "feeds.sales.skip_rows=[{column: Marke, like: '* ZUSAMMEN'}, {column: Typ, is: [Summe, Total]}, {column: Typ, is_not: Detail}, {column: Marke, absent: true}, {column: Storno, absent: false}]",
            "feeds.sales.fill_down=[Marke, Modell]");
    assertThat(
        spec.skipRows(),
        contains(
            new RowCondition("Marke", RowCondition.Test.LIKE, List.of("* ZUSAMMEN")),
            new RowCondition("Typ", RowCondition.Test.IS, List.of("Summe", "Total")),
            new RowCondition("Typ", RowCondition.Test.IS_NOT, List.of("Detail")),
            new RowCondition("Marke", RowCondition.Test.ABSENT, List.of()),
            new RowCondition("Storno", RowCondition.Test.PRESENT, List.of())));
    assertThat(spec.fillDown(), contains("Marke", "Modell"));
  }

  @Test
  void onlyFilesWithRowsInAnOrderAreFilledDown() {
    assertThat(
        problems(
            LEAST,
            "feeds.sales.from={type: jdbc, url: 'jdbc:x', table: t}",
            "feeds.sales.fill_down=[make]"),
        contains(
            "--set feeds.sales.fill_down: is for files whose rows have an order: of another source it cannot be told which row is above."
                + " Remove the key; a query carries values down by last_value(x ignore nulls) over (order by y)"));
  }

  @Test
  void cursorIsForSalesInADatabase() {
    String jdbc = "{type: jdbc, url: 'jdbc:x', table: t, cursor_column: updated_at";
    JdbcSource source =
        (JdbcSource)
            read(LEAST, "feeds.sales.from=" + jdbc + ", cursor_margin: 2w}")
                .feeds()
                .get(Feed.SALES)
                .source();
    assertThat(source.cursorColumn(), is("updated_at"));
    assertThat(source.cursorMargin(), is(Duration.ofDays(14)));
    assertThat(
        problems(LEAST, "feeds.sales.from=" + jdbc + ", cursor_margin: 600w}"),
        contains("--set feeds.sales.from: cursor_margin must be at most 3650d"));
    assertThat(
        problems(LEAST, "feeds.dealers={from: " + jdbc + ", cursor_margin: 1d}}"),
        contains(
            "--set feeds.dealers: feeds.dealers.from.cursor_column: is for sales: all rows of dealers are read. Remove the key",
            "--set feeds.dealers: feeds.dealers.from.cursor_margin: is for sales: all rows of dealers are read. Remove the key"));
    assertThat(
        problems(LEAST, "feeds.sales.from.cursor_column=updated_at"),
        contains(containsString("feeds.sales.from.cursor_column: is not a known key")));
    assertThat(
        problems(
            LEAST,
            "feeds.sales.from={type: kafka, bootstrap_servers: 'a:1', topic: t, cursor_column: x}"),
        contains(containsString("feeds.sales.from.cursor_column: is not a known key")));
  }

  @Test
  void twoPasswordsAreOneTooMany() {
    assertThat(
        problems(
            LEAST,
            "feeds.sales.from={type: jdbc, url: 'jdbc:x', table: t, password_env: A, password_file: b}"),
        contains("--set feeds.sales.from: needs one of password_env and password_file, not both"));
  }

  @Test
  void queryLosesItsFinalSemicolon() {
    Manifest manifest =
        read(LEAST, "feeds.sales.from={type: jdbc, url: 'jdbc:x', query: 'select 1 ;  '}");
    assertThat(((JdbcSource) manifest.feeds().get(Feed.SALES).source()).query(), is("select 1"));
  }

  @Test
  void settingsReplaceAndAddValuesInOrder() {
    Manifest manifest =
        read(
            LEAST,
            "lookback=all",
            "lookback=2w",
            "kpis.grains=[week]",
            "kpis.dimensions=[total, [region, model]]",
            "kpis.dimensions.0=make",
            "feeds.dealers.from={type: csv, path: d.csv}",
            "feeds.sales.from.separator=,",
            "feeds.sales.from.quote='",
            "feeds.sales.columns={sale_id: \"Car id\"}",
            "feeds.sales.from.path=*.csv",
            "owner=\"a: b\"");
    assertThat(lookback(manifest), is(new Lookback(14)));
    assertThat(manifest.kpis().orElseThrow().grains(), contains(Grain.WEEK));
    assertThat(
        manifest.kpis().orElseThrow().dimensions(),
        contains(Dimension.of(Attribute.MAKE), Dimension.of(Attribute.REGION, Attribute.MODEL)));
    assertThat(manifest.feeds().get(Feed.DEALERS).source().description(), is("csv d.csv"));
    assertThat(
        manifest.feeds().get(Feed.SALES).source(),
        is(new io.autopulse.pipeline.manifest.CsvSource("*.csv", "UTF-8", ',', '\'')));
    assertThat(manifest.feeds().get(Feed.SALES).columns(), is(Map.of("sale_id", "Car id")));
    assertThat(manifest.owner(), is("a: b"));
  }

  @Test
  void settingThatCannotBeAppliedIsExplained() {
    assertThat(
        problems(LEAST, "lookback"),
        contains("--set lookback: has no value. Write it as --set path=value"));
    assertThat(
        problems(LEAST, "kpis..grains=[day]"),
        contains(
            "--set kpis..grains: has an empty name in its path. Write it as lookback=5w or kpis.grains=[day]"));
    assertThat(
        problems(LEAST, "job.name=x"),
        contains(
            "--set job.name: job is the value \"daily\" and has no \"name\" in it. Set job itself"));
    assertThat(
        problems(LEAST + "kpis: {grains: [day]}\n", "kpis.grains.1=week"),
        contains(
            "--set kpis.grains.1: kpis.grains is a list of 1 and has no \"1\". Name an element by its number, the first is 0, or set the whole list: kpis.grains=[...]"));
    assertThat(
        problems(LEAST, "kpis.grains=[day").get(0),
        containsString("--set kpis.grains: cannot be read as YAML: "));
  }

  @Test
  void settingAlsoTakesVariables() {
    Manifest manifest =
        new ManifestReader(Map.of("DAYS", "7"))
            .read("m.yaml", LEAST, List.of(Setting.parse("lookback=${DAYS}d")));
    assertThat(lookback(manifest), is(new Lookback(7)));
  }

  @Test
  void fileIsReadInUtf8WithOrWithoutByteOrderMark(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.yaml");
    Files.writeString(file, "\uFEFF" + LEAST + "owner: équipe\n");
    assertThat(new ManifestReader(Map.of()).read(file, List.of()).owner(), is("équipe"));
    Files.write(file, (LEAST + "owner: équipe\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(
        assertThrows(InputException.class, () -> new ManifestReader(Map.of()).read(file, List.of()))
            .getMessage(),
        is(file + ": is not UTF-8. Save it as UTF-8"));
  }

  @Test
  void fileThatIsNoneIsExplained(@TempDir Path folder) {
    ManifestReader reader = new ManifestReader(Map.of());
    assertThat(
        assertThrows(InputException.class, () -> reader.read(folder, List.of())).getMessage(),
        is(folder + ": is a folder. Name a YAML file that can be read"));
    Path none = folder.resolve("none.yaml");
    assertThat(
        assertThrows(InputException.class, () -> reader.read(none, List.of())).getMessage(),
        is(none + ": does not exist. Name a YAML file that can be read"));
  }

  @Test
  void referenceManifestReadsTheLandingZoneThatTheEnvironmentNames() {
    Manifest manifest =
        new ManifestReader(Map.of("AUTOPULSE_LANDING", "/data/landing"))
            .read(Path.of("pipelines/daily-refresh.yaml"), List.of());
    assertThat(
        manifest.feeds().values().stream().map(f -> f.source().description()).toList(),
        contains(
            "csv /data/landing/sales/*.csv",
            "csv /data/landing/vehicles/*.csv",
            "csv /data/landing/dealers/*.csv"));
    assertThat(lookback(manifest), is(new Lookback(35)));
    assertThat(manifest.kpis().orElseThrow(), is(KpiSpec.DEFAULT));
    assertThat(manifest.warehouse().toString(), is("duckdb:autopulse.duckdb"));
  }

  @Test
  void trendJobReadsTheWarehouseAndHasNoFeeds() {
    Manifest manifest =
        new ManifestReader(Map.of()).read(Path.of("pipelines/trend-features.yaml"), List.of());
    assertThat(manifest.kind(), is(JobSpec.Kind.TRENDS));
    assertThat(manifest.feeds().isEmpty(), is(true));
    assertThat(lookback(manifest), is(Lookback.ALL));
    assertThat(
        manifest.trends().map(TrendSpec::dimensions),
        is(java.util.Optional.of(KpiSpec.DEFAULT.dimensions())));
    assertThat(
        read("job: a\ntrends: {dimensions: [make, [region, model]]}\n")
            .trends()
            .orElseThrow()
            .dimensions()
            .toString(),
        is("[make, region x model]"));
  }

  @Test
  void forecastReadsTheWarehouseAndHasNoFeeds() {
    Manifest shipped =
        new ManifestReader(Map.of()).read(Path.of("pipelines/weekly-forecast.yaml"), List.of());
    assertThat(shipped.kind(), is(JobSpec.Kind.FORECAST));
    assertThat(shipped.feeds().isEmpty(), is(true));
    JobSpec.Forecast defaults = read("job: a\nforecast: {}\n").spec(JobSpec.Forecast.class);
    assertThat(shipped.spec(JobSpec.Forecast.class), is(defaults));
    assertThat(defaults.horizon(), is(13));
    assertThat(defaults.season(), is(52));
    assertThat(
        defaults.dimensions().toString(),
        is("[total, region, powertrain, model, dealer, region x powertrain, region x model]"));

    JobSpec.Forecast monthly =
        read("""
                job: a
                forecast:
                  {grain: month, horizon: 6, dimensions: [total, make], history: all, as_of: 2026-11-22, country: de-by, windows: 4}
                """)
            .spec(JobSpec.Forecast.class);
    assertThat(monthly.grain(), is(Step.MONTH));
    assertThat(monthly.season(), is(12));
    assertThat(monthly.asOf(), is(java.util.Optional.of(LocalDate.parse("2026-11-22"))));
    assertThat(monthly.country(), is(java.util.Optional.of("de-by")));
    assertThat(monthly.windows(), is(4));
  }

  @Test
  void whatAForecastCannotHaveIsNamed() {
    assertThat(
        problems(
            """
            job: a
            forecast: {}
            kpis: {grains: [day]}
            trends: {}
            """),
        contains(
            "m.yaml:3: kpis: a forecast reads the warehouse and has none. Take it out, or leave the forecast to a manifest of its own",
            "m.yaml:4: trends: a forecast reads the warehouse and has none. Take it out, or leave the forecast to a manifest of its own"));
    assertThat(
        problems("job: a\nforecast: {dimensions: [region]}\n"),
        contains(
            "m.yaml:2: forecast: dimensions needs total: what the members of the others add up to"));
    assertThat(
        problems("job: a\nforecast: {as_of: 22.11.2026, grain: day, windows: 2}\n"),
        contains(
            "m.yaml:2: forecast.grain: \"day\" is not week or month. Known: month, week",
            "m.yaml:2: forecast.as_of: \"22.11.2026\" is not a date in the form YYYY-MM-DD, such as 2026-11-22",
            "m.yaml:2: forecast.windows: \"2\" is not a whole number from 3 to 52"));
    assertThat(
        problems("job: a\nforecast: {country: xx}\n").get(0),
        containsString("m.yaml:2: forecast.country: there are no holidays of a country \"xx\""));
  }

  @Test
  void whatATrendJobCannotHaveIsNamed() {
    assertThat(
        problems(
            """
            job: a
            trends: {}
            kpis: {grains: [day]}
            feeds: {}
            """),
        contains(
            "m.yaml:3: kpis: a job with trends reads the warehouse and has none. Take it out, leave trends to a manifest of its own, or add a live section",
            "m.yaml:4: feeds: a job with trends reads the warehouse and has none. Take it out, leave trends to a manifest of its own, or add a live section"));
    assertThat(
        problems("job: a\ntrends: {dimensions: [makes]}\n").get(0),
        is("m.yaml:2: trends.dimensions.0: \"makes\" is not a dimension. Did you mean \"make\"?"));
  }

  @Test
  void quietTimeOfFilesIsTwoSecondsUnlessSaid() {
    String feeds = "feeds: {sales: {from: {type: csv, path: s.csv}}}\n";
    assertThat(
        read("job: a\nlive: {}\n" + feeds).live().orElseThrow().quiet(), is(Duration.ofSeconds(2)));
    assertThat(
        read("job: a\nlive: {quiet: 0s}\n" + feeds).live().orElseThrow().quiet(),
        is(Duration.ZERO));
    assertThat(
        read("job: a\nlive: {quiet: 1m}\n" + feeds).live().orElseThrow().quiet(),
        is(Duration.ofMinutes(1)));
    assertThat(
        problems("job: a\nlive: {quiet: 2}\n" + feeds),
        contains(
            "m.yaml:2: live.quiet: \"2\" is not a duration such as 500ms, 10s, 5m, 12h, 35d or 5w"));
  }

  @Test
  void liveJobOfSalesMayHaveTrendsAndTheMarketFeedsTheyAreMadeOf() {
    Manifest manifest =
        read(
            """
            job: live-sales
            live: {panes: 1s}
            trends: {dimensions: [make]}
            feeds:
              sales:
                from: {type: csv, path: s.csv}
              fuel_prices:
                from: {type: airbyte-jsonl, path: f.jsonl}
              social:
                from: {type: csv, path: p.csv}
            mappings:
              topics: {Audi: []}
            """);
    assertThat(manifest.kind(), is(JobSpec.Kind.LIVE_SALES));
    assertThat(manifest.feeds().keySet(), contains(Feed.SALES, Feed.FUEL_PRICES, Feed.SOCIAL));
    assertThat(manifest.mappings().topics().size(), is(1));
    assertThat(
        problems(
            """
            job: live-sales
            live: {panes: 1s}
            trends: {}
            mappings: {}
            feeds:
              sales:
                from: {type: csv, path: s.csv}
              registrations:
                from: {type: csv, path: r.csv}
            """),
        contains(
            "m.yaml:4: mappings: is for market feeds. Names of sales are completed by vehicles and dealers",
            "m.yaml:8: feeds.registrations: no trend feature is made of it. Put it into a manifest of market data"));
  }

  @Test
  void shippedLiveMarketFollowsTheFeedsOfMarketData() {
    ManifestReader reader = new ManifestReader(Map.of());
    Manifest live = reader.read(Path.of("pipelines/live-market.yaml"), List.of());
    Manifest ending = reader.read(Path.of("pipelines/market-data.yaml"), List.of());
    assertThat(live.kind(), is(JobSpec.Kind.LIVE_MARKET));
    assertThat(live.live().isPresent(), is(true));
    assertThat(live.feeds(), is(ending.feeds()));
    assertThat(live.mappings(), is(ending.mappings()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[dd.MM.yyyy, yyyy-MM-dd]|dd.MM.yyyy or yyyy-MM-dd",
        "'[dd.MM.yyyy][yyyy-MM-dd]'|[dd.MM.yyyy][yyyy-MM-dd]",
        "yyyy-MM-dd[ HH:mm[:ss]]|yyyy-MM-dd[ HH:mm[:ss]]",
        "[iso, epoch_days, M/d/yyyy]|iso or epoch_days or M/d/yyyy",
        "epoch_micros|epoch_micros"
      })
  void timesMayHaveSeveralPatterns(String setting, String patterns) {
    assertThat(
        read(LEAST, "feeds.sales.formats.sold_at=" + setting)
            .feed(Feed.SALES)
            .orElseThrow()
            .formats()
            .timeFormat("sold_at")
            .replace("\n", " or "),
        is(patterns));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yyyy-MM", "yyyy MMM", "yyyy", "yyyy'Q'q", "[yyyy-MM][MM/yyyy]"})
  void periodNeedsNoDay(String pattern) {
    Manifest manifest = read(registrations("month", "\"" + pattern + "\""));
    assertThat(
        manifest.feed(Feed.REGISTRATIONS).orElseThrow().formats().timeFormat("period_start"),
        is(pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MM", "yyyy-mm", "MMM"})
  void periodNeedsItsYear(String pattern) {
    assertThat(
        problems(registrations("month", pattern)).get(0),
        containsString("\"" + pattern + "\" does not give year, month and day"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Day", "week", "month", "quarter", "year"})
  void defaultGrainIsOneOfPeriods(String grain) {
    assertThat(read(registrations(grain, "iso")).feed(Feed.REGISTRATIONS).isPresent(), is(true));
  }

  @Test
  void defaultGrainThatNoPeriodHasIsRefused() {
    assertThat(
        problems(registrations("decade", "iso")),
        contains(
            "m.yaml:7: feeds.registrations.defaults.period_grain: \"decade\" is not the length of a period. Write one of day, week, month, quarter, year"));
  }

  private static String registrations(String grain, String pattern) {
    return """
        job: market
        feeds:
          registrations:
            from: {type: csv, path: "*.csv"}
            formats: {period_start: %s}
            defaults:
              period_grain: %s
        """
        .formatted(pattern, grain);
  }

  private static Manifest read(String yaml, String... settings) {
    return new ManifestReader(Map.of())
        .read("m.yaml", yaml, Stream.of(settings).map(Setting::parse).toList());
  }

  private static List<String> problems(String yaml, String... settings) {
    return assertThrows(InputException.class, () -> read(yaml, settings))
        .getMessage()
        .lines()
        .toList();
  }

  @Test
  void idMayHaveSeveralColumnsAndNoOtherField() {
    String manifest =
        """
        job: a
        audits: {max_conflicting: 0.05}
        feeds:
          sales:
            from: {type: csv, path: a.csv}
            columns: {sale_id: [VIN, " Datum "], net_price: Price}
        """;
    Manifest read = read(manifest);
    assertThat(read.feed(Feed.SALES).orElseThrow().headers("sale_id"), is(List.of("VIN", "Datum")));
    assertThat(read.feed(Feed.SALES).orElseThrow().headers("net_price"), is(List.of("Price")));
    assertThat(read.feed(Feed.SALES).orElseThrow().headers("sold_at"), is(List.of("sold_at")));
    assertThat(read.audits(), is(AuditLimits.DEFAULT.conflictingAtMost("0.05")));
    assertThat(
        problems(
            manifest.replace("net_price: Price", "net_price: [A, B]").replace("VIN", "\" Datum\"")),
        is(
            List.of(
                "m.yaml:6: feeds.sales.columns.sale_id.1: stands twice in the list. Keep one",
                "m.yaml:6: feeds.sales.columns.net_price: is a list, but must be one value")));
  }

  private static Lookback lookback(Manifest manifest) {
    return switch (manifest.kind()) {
      case REFRESH -> manifest.spec(JobSpec.Refresh.class).lookback();
      case TRENDS -> manifest.spec(JobSpec.Trends.class).lookback();
      case LIVE_SALES -> manifest.spec(JobSpec.LiveSales.class).refresh().lookback();
      case FORECAST -> manifest.spec(JobSpec.Forecast.class).history();
      default -> throw new AssertionError(manifest.kind() + " has no lookback");
    };
  }
}
