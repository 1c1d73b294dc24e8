package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped manifest over generated feeds, as a user runs it, and what SQL says of the result.
 */
class MarketJobIT {
  @TempDir Path folder;

  @Test
  void shippedManifestPublishesTheGeneratedMarketAndTheSharesOfItsSales() throws Exception {
    Path landing = folder.resolve("landing");
    Path database = folder.resolve("w.duckdb");
    Path shipped = Path.of("pipelines/market-data.yaml").toAbsolutePath();
    AutopulseJar jar =
        AutopulseJar.in(folder)
            .with(
                Map.of(
                    "AUTOPULSE_LANDING",
                    landing.toString(),
                    "AUTOPULSE_WAREHOUSE",
                    "duckdb:" + database));
    jar.succeed(
        "generate",
        "--to",
        landing.toString(),
        "--versions",
        "3000",
        "--dealers",
        "20",
        "--models",
        "40",
        "--until",
        "2024-04-01",
        "--files",
        "2");
    assertThat(
        jar.succeed("validate", shipped.toString()).out(),
        allOf(
            containsString("mappings       makes as they are"),
            containsString("registrations  csv "),
            containsString("masked       user_name, text")));
    assertThat(
        jar.run("run", shipped.toString(), "--from", "2024-01-01", "--to", "2024-02-01")
            .mustExit(2)
            .err(),
        containsString("a job of market data has no range of dates"));
    jar.succeed("run", shipped.toString(), "--runner-config", "direct");
    Refresh.of(landing.resolve("manifest.yaml"), database).run();

    assertFuel(database, landing);
    assertRegistrations(database, landing);
    assertAttention(database);
    assertShares(database);
    assertNobodyIsNamed(database);

    List<String> tables = tables(database);
    Refresh.of(landing.resolve("market.yaml"), database).run();
    assertThat(
        "the generated manifest and a repetition give the same", tables(database), is(tables));
  }

  private static List<String> tables(Path database) {
    return PublishedTables.query(
        database,
        """
        select 'r' as t, to_json(r)::varchar as row from market_registrations_history as r
        union all select 'f', to_json(f)::varchar from fuel_prices_history as f
        union all select 'a', to_json(a)::varchar from market_attention_history as a
        union all select 'lr', to_json(r)::varchar from market_registrations as r
        union all select 'lf', to_json(f)::varchar from fuel_prices as f
        union all select 'la', to_json(a)::varchar from market_attention as a
        order by all
        """);
  }

  private static void assertFuel(Path database, Path landing) {
    assertThat(
        PublishedTables.query(
            database,
            """
            with expected as (
                select
                    price_at::timestamp::date as day,
                    upper(region) as region,
                    case fuel when 'Gazole' then 'DIESEL' when 'E10' then 'PETROL E10' else 'PETROL 98' end as fuel,
                    avg(price) as average,
                    min(price) as minimum,
                    max(price) as maximum,
                    count(*) as stations
                from read_csv('%s/fuel_prices/*.csv', types = {'price': 'decimal(18,4)', 'price_at': 'varchar'})
                group by all
            )

            from expected
            full join fuel_prices using (day, region, fuel)
            where
                average_price is null or average is null
                or abs(average_price - average) > 0.0000500001
                or minimum_price <> minimum or maximum_price <> maximum or expected.stations <> fuel_prices.stations
            """
                .formatted(landing)),
        is(empty()));
    assertThat(
        PublishedTables.query(database, "select count(*) from fuel_prices"),
        is(List.of(String.valueOf(91 * 13 * 3))));
  }

  private static void assertRegistrations(Path database, Path landing) {
    String latest =
        """
        with latest as (
            select * from read_csv('%s/registrations/*.csv', types = {'extracted_at': 'varchar'})
            qualify row_number() over (
                partition by period_start, region, make, model, powertrain order by extracted_at desc) = 1
        )
        """
            .formatted(landing);
    assertThat(
        PublishedTables.query(
            database,
            latest
                + """
                , expected as (
                    select period_start, upper(region) as region, upper(make) as make,
                        upper(make) || ' ' || upper(model) as model, sum(registrations) as units
                    from latest group by all)
                , found as (
                    select period_start, region, make, model, sum(registrations) as units
                    from market_registrations group by all)
                from expected full join found using (period_start, region, make, model)
                where expected.units is distinct from found.units
                """),
        is(empty()));
    assertThat(
        "corrections are vintages of their own",
        PublishedTables.query(
            database,
            """
            select count(*) > 0, min(vintages), max(vintages) from (
                select count(*) as vintages from market_registrations_history
                group by period_start, region, make, model, powertrain having count(*) > 1)
            """),
        is(List.of("true|2|2")));
    assertThat(
        "powertrains have our names",
        PublishedTables.query(
            database,
            "select count(distinct powertrain) > 2, count(*) filter (powertrain not in ('ICE', 'HEV', 'PHEV', 'BEV', 'FCEV')) from market_registrations"),
        is(List.of("true|0")));
  }

  private static void assertAttention(Path database) {
    assertThat(
        PublishedTables.query(
            database,
            """
            select source, count(*) > 300, bool_and((views is null) = (source = 'FORUM')),
                bool_and(sentiment_mean between -1 and 1 or source <> 'FORUM')
            from market_attention group by source order by source
            """),
        is(List.of("FORUM|true|true|true", "WIKIMEDIA|true|true|true")));
    assertThat(
        "every post counts once",
        PublishedTables.query(database, "select sum(mentions) from market_attention"),
        is(List.of(String.valueOf(91 * 8))));
  }

  private static void assertShares(Path database) {
    assertThat(
        PublishedTables.query(
            database,
            """
            with market as (
                select period_start, region, powertrain, sum(registrations) as units
                from market_registrations group by all)
            select count(*) > 60, count(*) filter (
                market.units is null and market_share is not null
                or market_share is null and market.units is not null
                or abs(market_share - units_sold::double / market.units) > 0.0000005000001)
            from sales_kpi
            left join market
                on window_start = period_start and member = region || ' x ' || powertrain
            where grain = 'month' and dimension = 'region x powertrain'
            """),
        is(List.of("true|0")));
    assertThat(
        PublishedTables.query(
            database,
            "select count(*), bool_and(market_share between 0.01 and 0.2) from sales_kpi_current where grain = 'month' and dimension = 'total'"),
        is(List.of("3|true")));
  }

  private static void assertNobodyIsNamed(Path database) throws Exception {
    String bytes =
        new String(Files.readAllBytes(database), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(bytes, not(containsString("Would not buy")));
    assertThat(bytes, not(containsString("really comfortable")));
  }
}
