package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import de.siegmar.fastcsv.reader.CsvReader;
import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.testing.Nightly;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.access.Role;
import io.autopulse.web.access.Roles;
import io.autopulse.web.page.Page;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who sees what: personas, pages and files. What a reader sees must be the sums of SQL over his
 * sales, and must not change when nothing but somebody else's business does.
 */
class PersonaIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String OWN_TOKEN = "anna's own token, long enough";

  /** As sha256sum says of the token. */
  private static final String OWN_HASH =
      "24937a0a2aa9b66f6ae295eba14f8098c056e3959f9c4da841473d68491c84e6";

  @TempDir private static Path directory;

  private static ServedWarehouse served;
  private static Dashboard dashboard;

  /** Users, and the condition that their sales meet. D5 sells in two regions. */
  private enum Persona {
    HEAD("true"),
    CORSE("region = 'CORSE'"),
    BRETAGNE_AND_D5("region = 'BRETAGNE' or dealer_id = 'D5'"),
    D2("dealer_id = 'D2'"),
    D1_BY_TOKEN("dealer_id = 'D1'"),
    D2_AND_D3_BY_TWO_ROLES("dealer_id in ('D2', 'D3')");

    private final String condition;

    Persona(String condition) {
      this.condition = condition;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    served = ServedWarehouse.in(directory);
    served.execute(
        """
        insert into sales
        select
            'T' || n, day, 0, case n % 11 when 0 then 'RETURNED' else 'SOLD' end,
            day, cast(day as date), null, 'RENAULT', 'CLIO', 'SMALL',
            case n % 4 when 0 then 'BEV' else 'ICE' end,
            case n % 2 when 0 then 'D3' else 'D5' end,
            case when n % 4 = 3 then 'BRETAGNE' else 'CORSE' end, 21000, 19000 + n, 'EUR', null, null, 'r1'
        from (
            select n, timestamp '2024-03-01' + to_days(cast(n // 3 as integer)) as day
            from range(300) as numbers (n)
        )
        """);
    served.execute(
        "insert into dealers values ('D3', 'Three', 'CORSE', 'r1'), ('D5', 'Five', 'CORSE', 'r1')");
    addVersions();
    for (String region : List.of("CORSE", "BRETAGNE")) {
      served.execute(
          """
          insert into sales_kpi values
              ('month', timestamp '2024-05-01', timestamp '2024-06-01', 'region', '%s', 77, 0, 0, 100, 10,
              10, 10, 10, null, 0.5, 0.07, 1, true, timestamp '2024-06-01', 'r1')
          """
              .formatted(region));
    }
    served.execute(
        """
        insert into trend_features (week_start, dimension, member, units, share_change, run_id)
        select
            date '2024-03-04' + cast(7 * w as integer), dimension, member,
            10 + case when w >= 8 then size else 0 end, 0.001 * w, 'r1'
        from range(12) as weeks (w)
        cross join (
            values ('region', 'CORSE', 5), ('region', 'BRETAGNE', 4), ('model', 'FIAT 500', 3)
        ) as members (dimension, member, size)
        """);
    addOthers(1);
    served.folder().write(served.core(), "first");
    addOthers(2);
    Roles roles =
        new Roles(
            Optional.of("X-Forwarded-User"),
            Map.of(
                "HEAD", user(role()),
                "CORSE", user(role(List.of("corse"), List.of())),
                "BRETAGNE_AND_D5", user(role(List.of("BRETAGNE"), List.of("D5"))),
                "D2", user(role(List.of(), List.of("D2"))),
                "D1_BY_TOKEN",
                    new Roles.User(List.of(role(List.of(), List.of("D1"))), Optional.of(OWN_HASH)),
                "D2_AND_D3_BY_TWO_ROLES",
                    user(role(List.of(), List.of("D2")), role(List.of(), List.of("D3"))),
                "NEW", user(role(List.of(), List.of("D9"))),
                "GUEST", user()));
    dashboard =
        Dashboard.start(
            new DashboardSettings(
                    "127.0.0.1",
                    0,
                    Optional.of(TOKEN),
                    List.of(),
                    SellingDays.of(year -> Set.of()),
                    ZoneOffset.UTC,
                    List.of(
                        new Note(
                            LocalDate.of(2024, 6, 3), Map.of(Language.EN, "Xavier sold X1-1"))))
                .with(Optional.of(roles), 0),
            served.folder(),
            Clock.fixed(Instant.parse("2024-06-13T07:00:00Z"), ZoneOffset.UTC),
            Duration.ofMinutes(1));
  }

  /**
   * Sales that were of others once: M1 of D2 before D1, M2 of D1 before DX, M3 of DX before D1; and
   * M4, which D3 had not cancelled yet.
   */
  private static void addVersions() throws SQLException {
    served.execute(
        """
        insert into sale_versions
        select
            sale_id, updated_at, 0, status, timestamp '2024-05-10', date '2024-05-10', null, 'FIAT', '500', 'SMALL',
            'BEV', dealer_id, region, 21000, 20000, 'EUR', null, null, 'r1'
        from (values
            ('M1', timestamp '2024-05-10', 'SOLD', 'D2', 'BRETAGNE'), ('M1', timestamp '2024-06-02', 'SOLD', 'D1', 'CORSE'),
            ('M2', timestamp '2024-05-10', 'SOLD', 'D1', 'CORSE'), ('M2', timestamp '2024-06-02', 'SOLD', 'DX', 'ZX'),
            ('M3', timestamp '2024-05-10', 'SOLD', 'DX', 'ZX'), ('M3', timestamp '2024-06-02', 'SOLD', 'D1', 'CORSE'),
            ('M4', timestamp '2024-05-11', 'SOLD', 'D3', 'CORSE'), ('M4', timestamp '2024-06-02', 'CANCELLED', 'D3', 'CORSE')
        ) as versions (sale_id, updated_at, status, dealer_id, region)
        """);
    served.execute(
        "insert into sales by name select * from sale_versions where updated_at = timestamp '2024-06-02'");
  }

  /** The business of a dealer whom no persona but the head sees, in every relation. */
  private static void addOthers(int times) throws SQLException {
    served.execute(
        """
        insert into sales
        select
            'X%1$d-' || n || model || powertrain, day, 0, 'SOLD', day, cast(day as date), null, make, model, 'SMALL', powertrain,
            'DX', 'ZX', 30000, 31337, 'EUR', null, null, 'r1'
        from (
            select n, timestamp '2023-01-01' + to_days(cast(n as integer)) as day
            from range(529) as numbers (n)
        )
        cross join (
            values ('FIAT', '500', 'BEV'), ('FIAT', '500', 'ICE'), ('RENAULT', 'CLIO', 'BEV'),
            ('XMAKE', 'X%1$d', 'ICE')
        ) as cars (make, model, powertrain)
        """
            .formatted(times));
    served.execute("delete from dealers where dealer_id = 'DX'");
    served.execute("insert into dealers values ('DX', 'Xavier %d', 'ZX', 'r1')".formatted(times));
    served.execute("delete from sales_targets where dealer_id in ('DX', 'ALL')");
    served.execute(
        "insert into sales_targets values (date '2024-06-01', 'DX', 'ALL', 'ALL', 31337, null, 'EUR', null, 'r1'), (date '2024-06-01', 'ALL', 'ALL', 'ALL', 3133%d, null, 'EUR', null, 'r1')"
            .formatted(times));
    served.execute(
        "update sales_kpi set units_sold = units_sold + 31337, sales_mix = 0.0%d, revision = revision + 1 where dimension in ('total', 'powertrain')"
            .formatted(times));
    served.execute(
        "update sales_kpi set sales_mix = 0.0%d where dimension = 'region'".formatted(times));
    served.execute("update forecasts set mean = mean + 31337 where dimension = 'total'");
    served.execute(
        "update forecast_accuracy set forecasts = forecasts + 1 where dimension = 'total'");
    served.execute("update trend_features set units = units + 31337 where dimension = 'model'");
    served.execute("update trend_features set share_change = 0.0%d".formatted(times));
    served.execute(
        "update load_runs set message = 'DX sold 31337 of X%d', host = 'x%d'"
            .formatted(times, times));
    served.execute("update load_run_audits set detail = 'DX broke it %d times'".formatted(times));
    served.execute("update load_run_feeds set rows_read = rows_read + 31337");
    served.execute(
        "insert into rejected_records values ('r1', 'sales', 'x.csv:%d', 'X', 'parse', 'status', 'DX is wrong', 'DX,***', 'csv', null)"
            .formatted(times));
  }

  private static Role role() {
    return new Role(Optional.empty());
  }

  private static Role role(List<String> regions, List<String> dealers) {
    return new Role(Optional.of(new Scope(regions, dealers)));
  }

  private static Roles.User user(Role... roles) {
    return new Roles.User(Arrays.asList(roles), Optional.empty());
  }

  @AfterAll
  static void stop() throws SQLException {
    dashboard.close();
    served.close();
  }

  /** What pages are asked for; each build asks for the first four. */
  private static final List<String> STATES =
      List.of(
          "",
          "?known=2024-05-20&period=2024-05&by=dealer",
          "?period=2024&region=ZX",
          "?by=sale&period=2024-05&powertrain=BEV",
          "?period=2024-05&against=year&lang=fr",
          "?dealer=DX",
          "?known=2024-05-20",
          "?known=2024-05-20&region=ZX",
          "?by=dealer&model=FIAT+500&make=XMAKE&make=FIAT",
          "?region=CORSE");

  @ParameterizedTest
  @EnumSource(Persona.class)
  void figuresTablesAndSalesAreThoseOfSqlOverHisSales(Persona persona) throws Exception {
    point("first");
    List<String> expected =
        row(
            """
            select
                cast(count(*) filter (where status = 'SOLD') as varchar),
                cast(sum(net_price) filter (where status = 'SOLD') as varchar),
                cast(cast(count(*) filter (where status <> 'SOLD') / count(*) as decimal(9, 6)) as varchar),
                cast(cast(count(*) filter (where status = 'SOLD' and powertrain = 'BEV')
                    / count(*) filter (where status = 'SOLD') as decimal(9, 6)) as varchar)
            from sales
            where sold_on >= '2024-05-01' and sold_on < '2024-06-01' and not contains(sale_id, 'X2') and (%s)
            """
                .formatted(persona.condition));
    Map<String, String> figures = new TreeMap<>();
    csv(persona, "/overview/figures.csv?period=2024-05")
        .forEach(r -> figures.put(r.get(0), r.get(1)));
    assertThat(
        List.of(
            figures.get("units_sold"),
            figures.get("revenue"),
            figures.get("lost_share"),
            figures.get("electric_share")),
        is(expected));
    for (String table :
        List.of(
            "/sales/members.csv?period=2024-05&by=region",
            "/sales/members.csv?period=2024-05&by=dealer",
            "/sales/members.csv?period=2024-05&by=model",
            "/sales/trend.csv?period=2024-05",
            "/overview/drivers_region.csv?period=2024-05",
            "/overview/drivers_model.csv?period=2024-05&against=year")) {
      assertThat(
          table,
          String.valueOf(
              csv(persona, table).stream().mapToLong(r -> Long.parseLong(r.get(1))).sum()),
          is(expected.get(0)));
    }
    List<List<String>> pace = csv(persona, "/overview/pace.csv?period=2024-05");
    assertThat(pace.get(pace.size() - 1).get(1), is(expected.get(0)));
    assertThat(
        csv(persona, "/sales/rows.csv?period=2024-05&by=sale").stream().map(r -> r.get(0)).toList(),
        is(
            column(
                "select sale_id from sales where sold_on >= '2024-05-01' and sold_on < '2024-06-01' and not contains(sale_id, 'X2') and (%s) order by sold_on desc, sale_id"
                    .formatted(persona.condition))));
  }

  @ParameterizedTest
  @EnumSource(Persona.class)
  void targetsAndSharesAreOfWhatHeMaySee(Persona persona) throws Exception {
    point("first");
    Map<String, String> june = figures(persona, "");
    String sold =
        row("select cast(count(*) as varchar) from sales where status = 'SOLD' and sold_on >= '2024-06-01' and not contains(sale_id, 'X2') and (%s)"
                .formatted(persona.condition))
            .get(0);
    // Of June: D1 is to sell 30, D2 is to sell 20, the whole business 31,331.
    Map<Persona, Integer> targets =
        Map.of(
            Persona.HEAD, 31331,
            Persona.CORSE, 30,
            Persona.D2, 20,
            Persona.BRETAGNE_AND_D5, 20,
            Persona.D1_BY_TOKEN, 30,
            Persona.D2_AND_D3_BY_TWO_ROLES, 20);
    assertThat(
        Double.parseDouble(june.get("target_attained")),
        is(Math.round(Double.parseDouble(sold) / targets.get(persona) * 1e6) / 1e6));
    Map<String, String> corse = figures(persona, "?period=2024-05&region=CORSE");
    boolean seesCorse = persona == Persona.HEAD || persona == Persona.CORSE;
    assertThat(
        Optional.ofNullable(corse.get("market_share")),
        is(seesCorse ? Optional.of("0.070000") : Optional.empty()));
    long own =
        csv(persona, "/market/shares.csv?period=2024-05").stream()
            .filter(r -> r.get(0).equals("2024-05-01"))
            .mapToLong(r -> Long.parseLong(r.get(2)))
            .sum();
    // The head's are the KPIs' 100 and what others add to them.
    String may =
        row("select cast(count(*) as varchar) from sales where status = 'SOLD' and sold_on >= '2024-05-01' and sold_on < '2024-06-01' and (%s)"
                .formatted(persona.condition))
            .get(0);
    assertThat(String.valueOf(own), is(persona == Persona.HEAD ? "62774" : may));
  }

  private static Map<String, String> figures(Persona persona, String query) throws Exception {
    Map<String, String> figures = new LinkedHashMap<>();
    // Where he sees no sale there are no figures.
    if (get(persona, "/overview/figures.csv" + query).statusCode() == 404) {
      return figures;
    }
    csv(persona, "/overview/figures.csv" + query).forEach(r -> figures.put(r.get(0), r.get(1)));
    return figures;
  }

  @ParameterizedTest
  @EnumSource(
      value = Persona.class,
      names = {"HEAD", "CORSE", "BRETAGNE_AND_D5", "D2"})
  void nothingChangesForHimWhenOnlyTheBusinessOfOthersDoes(Persona persona) throws Exception {
    point("first");
    Map<String, String> before = everything(persona);
    served.folder().write(served.core(), "second");
    Map<String, String> after = everything(persona);
    List<String> changed =
        before.keySet().stream().filter(path -> !before.get(path).equals(after.get(path))).toList();
    if (persona == Persona.HEAD) {
      assertThat("the head sees it: " + changed, changed.size(), greaterThan(before.size() / 2));
      return;
    }
    assertThat(changed, is(List.of()));
    before.forEach(
        (path, body) -> {
          for (String foreign : List.of("DX", "ZX", "XMAKE", "Xavier", "31337", "31,337", "X1-")) {
            // An answer repeats the filters that it was asked for.
            if (!path.contains(foreign)) {
              assertThat(path, body, not(containsString(foreign)));
            }
          }
        });
  }

  @Test
  void livePageIsOfTheWholeBusinessAndForNobodyOfAPart() throws Exception {
    point("first");
    for (Persona persona : Persona.values()) {
      boolean all = persona == Persona.HEAD;
      for (String path :
          List.of(
              "/live",
              "/live?lang=fr&dealer=D2",
              "/live/figures.csv",
              "/live/hours.csv",
              "/api/v1/live/members?by=dealer")) {
        HttpResponse<String> answer = get(persona, path);
        assertThat(persona + " " + path, answer.statusCode(), is(all ? 200 : 403));
        if (!all) {
          assertThat(
              answer.body(),
              allOf(
                  containsString("your role shows you a part of it"),
                  containsString(
                      path.startsWith("/api/") ? "" : "votre rôle vous en montre une partie"),
                  not(containsString("r1"))));
        }
      }
      if (!all) {
        // Whoever may is kept waiting for events.
        assertThat(get(persona, "/live/events").statusCode(), is(403));
      }
      assertThat(
          get(persona, "/overview").body(),
          all ? containsString("href=\"/live\"") : not(containsString("href=\"/live")));
    }
  }

  @ParameterizedTest
  @EnumSource(Persona.class)
  void anEarlierDayShowsHisSalesOfThen(Persona persona) throws Exception {
    point("first");
    String then =
        """
        select
            cast(count(*) filter (where status = 'SOLD') as varchar),
            cast(sum(net_price) filter (where status = 'SOLD') as varchar)
        from (
            select
                versions.*,
                row_number() over (
                    partition by sale_id order by updated_at desc, sequence desc
                ) as age
            from (
                select sale_id, updated_at, sequence, status, net_price, region, dealer_id, sold_on from sale_versions
                union all
                select sale_id, updated_at, sequence, status, net_price, region, dealer_id, sold_on from sales
                where sale_id not in (select sale_id from sale_versions)
            ) as versions
            where updated_at < timestamp '2024-05-21' and not contains(sale_id, 'X2')
        )
        where age = 1 and sold_on >= '2024-05-01' and sold_on < '2024-06-01' and (%s)
        """
            .formatted(persona.condition);
    Map<String, String> figures = figures(persona, "?period=2024-05&known=2024-05-20");
    assertThat(List.of(figures.get("units_sold"), figures.get("revenue")), is(row(then)));
    assertThat(
        "a share of the whole market",
        figures.containsKey("market_share"),
        is(persona == Persona.HEAD));
    long own =
        csv(persona, "/market/shares.csv?period=2024-05&known=2024-05-20").stream()
            .filter(r -> r.get(0).equals("2024-05-01"))
            .mapToLong(r -> Long.parseLong(r.get(2)))
            .sum();
    assertThat(String.valueOf(own), is(row(then).get(0)));
  }

  /** Reads all pages, and all tables as CSV and JSON, of some states. */
  private static Map<String, String> everything(Persona persona) throws Exception {
    Map<String, String> bodies = new TreeMap<>();
    for (Page.Kind kind : Page.Kind.values()) {
      for (String query : STATES.subList(0, Nightly.size(4, STATES.size()))) {
        String path = kind.path() + query;
        bodies.put(path, get(persona, path).body());
      }
    }
    for (String path : OpenApi.paths(get(persona, "/assets/openapi.yaml").body())) {
      String by = path.endsWith("/rows") ? "&by=sale" : "";
      for (String query :
          List.of(
              "?period=2024-05" + by,
              "?period=2024" + by,
              "?period=2024-05&known=2024-05-20" + by)) {
        bodies.put(path + query, get(persona, path + query).body());
      }
      String file = path.replace("/api/v1", "") + ".csv?period=2024-05" + by;
      bodies.put(file, get(persona, file).body());
    }
    return bodies;
  }

  @Test
  void partsOfForecastsAndTrendsAreOfHisRegion() throws Exception {
    point("first");
    assertThat(
        csv(Persona.CORSE, "/market/movers.csv").stream()
            .map(r -> r.get(0) + " " + r.get(2) + " " + r.get(5))
            .toList(),
        is(List.of("CORSE 60 ")));
    assertThat(
        csv(Persona.HEAD, "/market/movers.csv").stream()
            .map(r -> r.get(0))
            .toList()
            .contains("BRETAGNE"),
        is(true));
    assertThat(
        get(Persona.CORSE, "/forecast").body(), containsString("No forecast of your regions"));
    assertThat(
        get(Persona.CORSE, "/health").body(),
        allOf(containsString("your role does not show them"), containsString("rejected-share")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GUEST", "STRANGER", "head"})
  void whoHasNoRoleGetsAClearPageAndNothingElse(String user) throws Exception {
    for (String path :
        List.of(
            "/",
            "/overview",
            "/sales?by=sale",
            "/market",
            "/forecast",
            "/health",
            "/sales/rows.csv?by=sale",
            "/api/v1/sales/members",
            "/nothing")) {
      HttpResponse<String> answer = get(path, Map.of("X-Forwarded-User", user));
      assertThat(path, answer.statusCode(), is(403));
      assertThat(answer.body(), containsString("no role shows you any sales"));
      assertThat(answer.body(), not(containsString("r1")));
    }
    assertThat(
        get("/assets/dashboard.css", Map.of("X-Forwarded-User", user)).statusCode(), is(200));
  }

  @Test
  void dealerWithoutASaleGetsAnEmptyPage() throws Exception {
    point("first");
    HttpResponse<String> answer = get("/overview", Map.of("X-Forwarded-User", "NEW"));
    assertThat(answer.statusCode(), is(200));
    assertThat(
        answer.body(),
        allOf(
            containsString("You see the sales of D9."),
            containsString("Nothing was sold in June 2024"),
            not(containsString("<li>\n<h2>"))));
  }

  @Test
  void answersAreForOneReaderOnly() throws Exception {
    HttpResponse<String> answer = get(Persona.D2, "/overview");
    assertThat(answer.headers().firstValue("Cache-Control"), is(Optional.of("private, no-cache")));
  }

  private static void point(String copy) throws Exception {
    Files.writeString(served.folder().path().resolve("current"), copy + "\n");
  }

  private static List<List<String>> csv(Persona persona, String path) throws Exception {
    HttpResponse<String> answer = get(persona, path);
    assertThat(path + ": " + answer.body(), answer.statusCode(), is(200));
    String body =
        answer
            .body()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .reduce("", (a, b) -> a + b + "\r\n");
    return CsvReader.builder().ofCsvRecord(body).stream().skip(1).map(r -> r.getFields()).toList();
  }

  private static HttpResponse<String> get(Persona persona, String path) throws Exception {
    return persona == Persona.D1_BY_TOKEN
        ? send(path, Map.of("Authorization", "Bearer " + OWN_TOKEN))
        : get(path, Map.of("X-Forwarded-User", persona.name()));
  }

  private static HttpResponse<String> get(String path, Map<String, String> headers)
      throws Exception {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Authorization", "Bearer " + TOKEN);
    return send(path, all);
  }

  private static HttpResponse<String> send(String path, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(dashboard.address()).resolve(path));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> row(String sql) throws SQLException {
    try (Statement statement = served.core().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getString(i));
      }
      return row;
    }
  }

  private static List<String> column(String sql) throws SQLException {
    try (Statement statement = served.core().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    }
  }
}
