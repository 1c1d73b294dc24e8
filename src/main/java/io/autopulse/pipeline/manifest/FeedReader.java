package io.autopulse.pipeline.manifest;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.Feed.Field;
import io.autopulse.domain.feed.Feed.Kind;
import io.autopulse.domain.feed.parse.MarketParser;
import io.autopulse.domain.feed.value.TimeFormats;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.Ties;
import io.autopulse.domain.sale.WhiteSpace;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one feed of a manifest. */
final class FeedReader {
  private static final String AIRBYTE_EXTRACTED_AT = "_airbyte_extracted_at";
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
  private static final Pattern COLUMN = Pattern.compile(IDENTIFIER);
  private static final Pattern TABLE = Pattern.compile(IDENTIFIER + "(\\." + IDENTIFIER + ")?");
  private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(?i)[?&;](password|pwd)=|//[^/@]*:[^/@]*@");

  private static final Pattern DECIMAL = Pattern.compile("[.,]");
  private static final Pattern GROUPING = Pattern.compile("[., '\u00A0\u202F\u2009\u2019]");

  private static final String MONTH = "month";

  /** The fields whose pattern may leave out the day. */
  private static final Set<String> PERIODS = Set.of("period_start", MONTH);

  /** How targets write their month unless the manifest says otherwise. */
  private static final String USUAL_MONTH = FieldFormats.ISO + TimeParser.OR + "yyyy-MM";

  private static final String PERIOD_GRAIN = "period_grain";

  private FeedReader() {}

  /**
   * Reads the keys of a feed.
   *
   * @param section the feed's map
   * @param feed which feed
   * @param timezone the manifest's zone, for values without an offset
   */
  static FeedSpec read(Section section, Feed feed, ZoneId timezone) {
    List<String> fields = feed.fields().stream().map(Field::name).toList();
    var source = section.requiredSection("from", from -> source(from, feed));
    var columns =
        section.section("columns", s -> s.entries(feed.fields()), Map.<String, String>of());
    var formats =
        section.section(
            "formats", s -> formats(s, feed, timezone), FieldFormats.standard(timezone));
    var defaults = section.map("defaults", fields, WhiteSpace::strip);
    checkGrain(section, defaults.orElse(Map.of()));
    var sensitive = section.list("sensitive", e -> e.scalar(Scalars.name()), List.of());
    var nulls =
        section.list(
            "nulls",
            // YAML takes NULL without quotes for no value.
            e -> e.scalar(Scalars.name(), "NULL"),
            source.isBroken() ? List.of() : FeedSpec.usualNulls(source.get()));
    if (feed != Feed.SALES) {
      section.refuse("ties", "is for sales, which have versions", "Remove the key");
    }
    var ties =
        section.optional(
            "ties",
            Scalars.oneOf(
                "a rule for versions of one moment",
                new TreeMap<>(Map.of("content", Ties.CONTENT, "position", Ties.POSITION))),
            Ties.CONTENT);
    var skipRows = section.list("skip_rows", e -> e.section(RowConditionReader::read), List.of());
    if (!source.isBroken() && !isInOrder(source.get())) {
      section.refuse(
          "fill_down",
          "is for files whose rows have an order: of another source it cannot be told which row is"
              + " above",
          "Remove the key; a query carries values down by last_value(x ignore nulls) over (order"
              + " by y)");
    }
    var fillDown = section.list("fill_down", e -> e.scalar(Scalars.name()), List.of());
    FeedSpec spec =
        new FeedSpec(
            feed,
            source.get(),
            columns.get(),
            formats.get(),
            defaults.get(),
            sensitive.get(),
            nulls.get(),
            ties.get(),
            skipRows.get(),
            fillDown.get());
    FeedSpec dated = feed == Feed.TARGETS ? withMonths(spec) : spec;
    return source.get() instanceof AirbyteJsonlSource ? withExtraction(dated) : dated;
  }

  private static FeedSpec withMonths(FeedSpec spec) {
    FieldFormats formats = spec.formats();
    Map<String, String> times = new LinkedHashMap<>(formats.times());
    times.putIfAbsent(MONTH, USUAL_MONTH);
    return spec.with(
        spec.columns(),
        new FieldFormats(times, formats.timezone(), formats.decimal(), formats.grouping()));
  }

  private static boolean isInOrder(SourceSpec source) {
    return source instanceof CsvSource || source instanceof XlsxSource;
  }

  // Found now, and not in each record of a run.
  private static void checkGrain(Section section, Map<String, String> defaults) {
    String grain = defaults.get(PERIOD_GRAIN);
    if (grain != null && !MarketParser.GRAINS.contains(grain.strip().toLowerCase(Locale.ROOT))) {
      section.report(
          List.of("defaults", PERIOD_GRAIN),
          "\"" + grain + "\" is not the length of a period",
          "Write one of " + String.join(", ", MarketParser.GRAINS));
    }
  }

  /**
   * Takes the moment of extraction from Airbyte's envelopes, unless the manifest says otherwise.
   */
  private static FeedSpec withExtraction(FeedSpec spec) {
    String field = Feed.Market.EXTRACTED_AT;
    if (spec.feed().field(field).isEmpty() || spec.columns().containsKey(field)) {
      return spec;
    }
    Map<String, String> columns = new LinkedHashMap<>(spec.columns());
    columns.put(field, AIRBYTE_EXTRACTED_AT);
    Map<String, String> times = new LinkedHashMap<>(spec.formats().times());
    times.putIfAbsent(field, FieldFormats.EPOCH_MILLIS);
    FieldFormats formats = spec.formats();
    return spec.with(
        columns,
        new FieldFormats(times, formats.timezone(), formats.decimal(), formats.grouping()));
  }

  private static SourceSpec source(Section section, Feed feed) {
    Map<String, Function<Section, SourceSpec>> types = new LinkedHashMap<>();
    types.put("csv", FeedReader::csv);
    types.put("xlsx", FeedReader::xlsx);
    types.put("airbyte-jsonl", FeedReader::airbyteJsonl);
    types.put("jdbc", from -> jdbc(from, feed));
    types.put("kafka", FeedReader::kafka);
    types.put("warehouse", from -> warehouse(from, feed));
    var type = section.required("type", Scalars.oneOf("a type of source", types));
    if (type.isBroken()) {
      section.acceptOtherKeys();
    }
    return type.get().apply(section);
  }

  private static SourceSpec csv(Section section) {
    var path = section.required("path", Scalars.text());
    var charset = section.optional("charset", Scalars.charset().andThen(Charset::name), "UTF-8");
    var separator = section.optional("separator", FeedReader::character, ',');
    var quote = section.optional("quote", FeedReader::character, '"');
    var skipLines = section.optional("skip_lines", Scalars.wholeNumber(0, 1000), 0);
    return new CsvSource(path.get(), charset.get(), separator.get(), quote.get(), skipLines.get());
  }

  private static SourceSpec xlsx(Section section) {
    var path = section.required("path", Scalars.text());
    var sheet = section.optional("sheet", Scalars.name(), "");
    var skipLines = section.optional("skip_lines", Scalars.wholeNumber(0, 1000), 0);
    return new XlsxSource(path.get(), sheet.get(), skipLines.get());
  }

  private static SourceSpec airbyteJsonl(Section section) {
    return new AirbyteJsonlSource(section.required("path", Scalars.text()).get());
  }

  private static SourceSpec jdbc(Section section, Feed feed) {
    section.refuse(
        "password",
        "a password must not stand in a manifest, where it would be kept and shared",
        "Put it into an environment variable named by password_env, or a file named by password_file");
    var url = section.required("url", FeedReader::jdbcUrl);
    var table =
        section.optional(
            "table",
            Scalars.matching(TABLE, "a table's name, such as crm.sales; use query for more"));
    var query = section.optional("query", FeedReader::query);
    var user = section.optional("user", Scalars.text());
    var passwordEnv =
        section.optional(
            "password_env", Scalars.matching(COLUMN, "the name of an environment variable"));
    var passwordFile = section.optional("password_file", Scalars.text());
    if (feed != Feed.SALES) {
      String problem = "is for sales: all rows of " + feed + " are read";
      section.refuse("cursor_column", problem, "Remove the key");
      section.refuse("cursor_margin", problem, "Remove the key");
    }
    var cursorColumn =
        section.optional("cursor_column", Scalars.matching(COLUMN, "a column's name"));
    var cursorMargin = section.optional("cursor_margin", Scalars.duration());
    var partitionColumn =
        section.optional("partition_column", Scalars.matching(COLUMN, "a column's name"));
    var partitions =
        section.optional("partitions", Scalars.wholeNumber(1, JdbcSource.MOST_PARTITIONS), 1);
    return new JdbcSource(
        url.get(),
        table.get().orElse(null),
        query.get().orElse(null),
        user.get().orElse(null),
        passwordEnv.get().orElse(null),
        passwordFile.get().orElse(null),
        cursorColumn.get().orElse(null),
        cursorMargin.get().orElse(null),
        partitionColumn.get().orElse(null),
        partitions.get());
  }

  private static SourceSpec kafka(Section section) {
    section.refuse(
        "password",
        "a password must not stand in a manifest, where it would be kept and shared",
        "Put it into a properties file of Kafka's consumer, named by properties_file");
    var servers =
        section.required(
            "bootstrap_servers", Scalars.matching(SERVERS, "HOST:PORT, or several with commas"));
    var topic = section.required("topic", Scalars.matching(TOPIC, "a topic's name"));
    var group = section.optional("group_id", Scalars.text());
    var properties = section.optional("properties_file", Scalars.text());
    var envelope =
        section.optional(
            "envelope",
            Scalars.oneOf("an envelope", Map.of(KafkaSource.DEBEZIUM, KafkaSource.DEBEZIUM)));
    return new KafkaSource(
        servers.get(),
        topic.get(),
        group.get().orElse(null),
        properties.get().orElse(null),
        envelope.get().orElse(null));
  }

  private static SourceSpec warehouse(Section section, Feed feed) {
    if (feed != Feed.VEHICLES && feed != Feed.DEALERS) {
      section.acceptOtherKeys();
      throw new IllegalArgumentException(
          feed + " cannot be read from the tables that they are published to");
    }
    return new WarehouseSource(
        section
            .required("table", Scalars.oneOf("the core table of the feed " + feed, List.of(feed)))
            .get()
            .toString());
  }

  private static FieldFormats formats(Section section, Feed feed, ZoneId timezone) {
    List<String> timeFields =
        feed.fields().stream().filter(f -> f.kind() == Kind.TIME).map(Field::name).toList();
    var zone = section.optional("timezone", Scalars.zone(), timezone);
    var decimal = section.optional("decimal", mark(DECIMAL, "a decimal mark: \".\" or \",\""), '.');
    var grouping =
        section.optional(
            "grouping", mark(GROUPING, "a grouping mark: \",\", \".\", \" \" or \"'\""));
    Map<String, String> times = new LinkedHashMap<>();
    for (String field : timeFields) {
      section
          .oneOrMore(field, text -> TimeFormats.checked(text, PERIODS.contains(field)))
          .get()
          .ifPresent(patterns -> times.put(field, String.join(TimeParser.OR, patterns)));
    }
    return new FieldFormats(times, zone.get(), decimal.get(), grouping.get().orElse(null));
  }

  private static Character character(String text) {
    String unescaped = text.equals("tab") || text.equals("\\t") ? "\t" : text;
    if (unescaped.length() != 1 || unescaped.equals("\n") || unescaped.equals("\r")) {
      throw Scalars.expected(text, "one character, or tab");
    }
    return unescaped.charAt(0);
  }

  private static Function<String, Character> mark(Pattern marks, String expected) {
    return Scalars.matching(marks, expected).andThen(text -> text.charAt(0));
  }

  private static String jdbcUrl(String text) {
    if (PASSWORD_IN_URL.matcher(text).find()) {
      throw new InputException(
          "",
          "the URL holds a password",
          "Take it out, and name a variable by password_env or a file by password_file");
    }
    if (!text.startsWith("jdbc:")) {
      // Not repeated in the message: a wrong URL may hold a secret.
      throw new InputException(
          "", "the URL does not begin with jdbc:", "Write it as jdbc:postgresql://host/database");
    }
    return text;
  }

  private static String query(String text) {
    return text.replaceFirst("[;\\s]+$", "").strip();
  }
}
