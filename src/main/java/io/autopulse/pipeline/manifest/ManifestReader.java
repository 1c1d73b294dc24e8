package io.autopulse.pipeline.manifest;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Element;
import io.autopulse.pipeline.yaml.Node;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Places;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.warehouse.WarehouseUri;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads manifests, strictly: a key that is not known, a value that is missing or wrong, a variable
 * that is not set are errors that name file, line and field, and all the errors of a manifest are
 * reported together. The keys are described in {@link Manifest}, {@link JobSpec} and the records
 * they are made of.
 */
public final class ManifestReader {
  /** Keys that tables do not depend on: who, how much, and where. */
  private static final Set<String> NOT_CONTENTS =
      Set.of("owner", "lookback", "audits", "warehouse", "staging");

  private static final Pattern JOB = Pattern.compile("[a-z][a-z0-9-]*");

  private final Map<String, String> environment;

  /**
   * Makes a reader.
   *
   * @param environment the variables that <code>${NAME}</code> stands for
   */
  public ManifestReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads a manifest file.
   *
   * @param file the file
   * @param settings values in the place of the file's, applied in order
   * @throws InputException with every problem found
   */
  public Manifest read(Path file, List<Setting> settings) {
    return read(file.toString(), YamlFile.text(file), settings);
  }

  /**
   * Reads a manifest's text.
   *
   * @param name what messages call it
   * @param yaml its text
   * @param settings values in the place of the text's, applied in order
   * @throws InputException with every problem found
   */
  public Manifest read(String name, String yaml, List<Setting> settings) {
    Node tree = YamlTree.read(yaml, Place.inFile(name), "");
    for (Setting setting : settings) {
      tree = setting.applyTo(tree);
    }
    Places places = Places.of(tree);
    List<String> contents = YamlFile.contents(tree, environment, NOT_CONTENTS);
    return YamlFile.bind(tree, environment, root -> manifest(root, places, contents));
  }

  private static Manifest manifest(Section root, Places places, List<String> contents) {
    var job =
        root.required(
            "job",
            Scalars.matching(
                JOB,
                "a job's name: lower-case letters, digits and hyphens, beginning with a letter"));
    var owner = root.optional("owner", Scalars.text(), "");
    var timezone = root.optional("timezone", Scalars.zone(), ZoneId.of("Europe/Paris"));
    var currency = root.optional("currency", Scalars.currency(), Currency.getInstance("EUR"));
    var lookback = root.optional("lookback", Lookback::parse, Lookback.DEFAULT);
    var trends = root.section("trends", TrendSpec::read);
    Value<Optional<JobSpec>> ofWarehouse = ofWarehouse(root);
    boolean isOfWarehouse =
        JobSpec.ofTheWarehouse().keySet().stream().anyMatch(root.keys()::contains);
    boolean isLive = root.keys().contains("live");
    boolean hasTrends = root.keys().contains("trends");
    boolean isTrends = hasTrends && !isLive && !isOfWarehouse;
    boolean readsWarehouse = isTrends || isOfWarehouse;
    if (isTrends) {
      TrendSpec.KEYS_OF_OTHER_JOBS.forEach(
          key ->
              root.refuse(
                  key,
                  "a job with trends reads the warehouse and has none",
                  "Take it out, leave trends to a manifest of its own, or add a live section"));
    }
    var maxAhead = root.optional("max_ahead", Scalars.duration(), DateHorizon.DEFAULT);
    var feeds =
        readsWarehouse
            ? Value.of(Map.<Feed, FeedSpec>of())
            : root.requiredSection(
                "feeds",
                section -> feeds(section, timezone.orElse(ZoneOffset.UTC), hasTrends, isLive));
    boolean market = !readsWarehouse && !feeds.isBroken() && !feeds.get().containsKey(Feed.SALES);
    if (market) {
      refuseKeysOfSales(root);
    } else if (!readsWarehouse
        && !feeds.isBroken()
        && Feed.OF_REFRESH.containsAll(feeds.get().keySet())) {
      root.refuse(
          "mappings",
          "is for market feeds",
          "Names of sales are completed by vehicles and dealers");
    }
    var mappings =
        readsWarehouse
            ? Value.of(MarketNames.NONE)
            : root.section("mappings", MappingsReader::read, MarketNames.NONE);
    var kpis =
        readsWarehouse
            ? Value.of(KpiSpec.DEFAULT)
            : root.section("kpis", ManifestReader::kpis, KpiSpec.DEFAULT);
    var audits = root.section("audits", s -> audits(s, market), AuditLimits.DEFAULT);
    var warehouse =
        root.optional(
            "warehouse", WarehouseUri::parse, WarehouseUri.parse("duckdb:autopulse.duckdb"));
    var staging = root.optional("staging", Scalars.path());
    Value<Optional<LiveSpec>> live =
        root.section("live", section -> LiveSpec.read(section, market));
    return new Manifest(
        job.get(),
        owner.get(),
        timezone.get(),
        currency.get(),
        feeds.get(),
        maxAhead.get(),
        audits.get(),
        warehouse.get(),
        staging.get(),
        ofWarehouse
            .get()
            .orElseGet(
                () ->
                    spec(
                        feeds.get().containsKey(Feed.SALES),
                        new JobSpec.Refresh(lookback.get(), kpis.get()),
                        new JobSpec.Market(mappings.get()),
                        live.get(),
                        trends.get())),
        places,
        contents);
  }

  /** Reads the section of a job that reads nothing but the warehouse, if there is one. */
  private static Value<Optional<JobSpec>> ofWarehouse(Section root) {
    Value<Optional<JobSpec>> found = Value.of(Optional.empty());
    // Every section is asked for, so that its key is a known one.
    for (var kind : new TreeMap<>(JobSpec.ofTheWarehouse()).entrySet()) {
      String name = kind.getKey();
      Value<Optional<JobSpec>> spec = root.section(name, kind.getValue());
      if (root.keys().contains(name)) {
        found = spec;
        JobSpec.KEYS_OF_FEEDS.forEach(
            key ->
                root.refuse(
                    key,
                    "a " + name + " reads the warehouse and has none",
                    "Take it out, or leave the " + name + " to a manifest of its own"));
      }
    }
    return found;
  }

  private static JobSpec spec(
      boolean sales,
      JobSpec.Refresh refresh,
      JobSpec.Market market,
      Optional<LiveSpec> live,
      Optional<TrendSpec> trends) {
    if (sales) {
      return live.<JobSpec>map(
              how -> new JobSpec.LiveSales(refresh, how, trends, market.mappings()))
          .orElse(refresh);
    }
    if (trends.isPresent()) {
      return new JobSpec.Trends(refresh.lookback(), trends.get());
    }
    return live.<JobSpec>map(how -> new JobSpec.LiveMarket(market, how)).orElse(market);
  }

  private static void refuseKeysOfSales(Section root) {
    root.refuse(
        "lookback", "market data has none: a run reads all that its feeds hold", "Remove the key");
    root.refuse("kpis", "market data has no KPIs of its own", "Remove the section");
    root.refuse(
        "trends", "are of sales", "Put the section into the manifest of a live job of sales");
  }

  private static Map<Feed, FeedSpec> feeds(
      Section section, ZoneId timezone, boolean withTrends, boolean live) {
    boolean trends = withTrends && section.keys().contains(Feed.SALES.toString());
    boolean market =
        !trends && Feed.OF_MARKET.stream().anyMatch(f -> section.keys().contains(f.toString()));
    if (market) {
      for (Feed feed : Feed.OF_REFRESH) {
        section.refuse(
            feed.toString(),
            "stands beside market feeds; a job reads either sales or market data",
            "Put it into a manifest of its own");
      }
    }
    if (live && !market) {
      section.refuse(
          Feed.TARGETS.toString(),
          "is for jobs that end: a live job publishes no targets",
          "Put it into the manifest of a daily refresh");
    }
    List<Feed> ofSales = live ? Feed.OF_SALES : Feed.OF_REFRESH;
    List<Feed> read = new ArrayList<>(market ? Feed.OF_MARKET : ofSales);
    if (trends) {
      read.addAll(Feed.OF_TRENDS);
      section.refuse(
          Feed.REGISTRATIONS.toString(),
          "no trend feature is made of it",
          "Put it into a manifest of market data");
    }
    Map<Feed, Value<Optional<FeedSpec>>> values = new LinkedHashMap<>();
    for (Feed feed : read) {
      Function<Section, FeedSpec> reader = s -> FeedReader.read(s, feed, timezone);
      values.put(
          feed,
          feed == Feed.SALES
              ? section.requiredSection(feed.toString(), reader.andThen(Optional::of))
              : section.section(feed.toString(), reader));
    }
    Map<Feed, FeedSpec> feeds = new EnumMap<>(Feed.class);
    values.forEach((feed, value) -> value.get().ifPresent(spec -> feeds.put(feed, spec)));
    return feeds;
  }

  private static KpiSpec kpis(Section section) {
    var grains =
        section.list(
            "grains",
            element -> element.scalar(Scalars.oneOf("a grain", List.of(Grain.values()))),
            KpiSpec.DEFAULT.grains());
    var dimensions =
        section.list("dimensions", ManifestReader::dimension, KpiSpec.DEFAULT.dimensions());
    return new KpiSpec(grains.get(), dimensions.get());
  }

  static Value<Dimension> dimension(Element element) {
    if (element.isList()) {
      return Value.built(() -> pair(element, element.list().get()));
    }
    Map<String, Dimension> named = new LinkedHashMap<>();
    named.put(Dimension.TOTAL.toString(), Dimension.TOTAL);
    for (Attribute attribute : Attribute.values()) {
      named.put(attribute.toString(), Dimension.of(attribute));
    }
    return element.scalar(Scalars.oneOf("a dimension", named));
  }

  private static Dimension pair(Element element, List<Element> parts) {
    var attributes =
        parts.stream()
            .map(p -> p.scalar(Scalars.oneOf("an attribute", List.of(Attribute.values()))))
            .toList();
    List<Attribute> pair = attributes.stream().map(Value::get).toList();
    if (pair.size() != 2 || pair.get(0) == pair.get(1)) {
      return element
          .<Dimension>broken(
              "is not a pair of two different attributes", "Write it as [region, powertrain]")
          .get();
    }
    return new Dimension(pair);
  }

  private static AuditLimits audits(Section section, boolean market) {
    if (market) {
      section.refuse("max_change", "is of the units of sales", "Remove the key");
      section.refuse("max_conflicting", "is of versions of sales", "Remove the key");
    }
    var maxChange = section.optional("max_change", Scalars.fraction(false));
    var maxRejected =
        section.optional("max_rejected", Scalars.fraction(true), AuditLimits.DEFAULT.maxRejected());
    var maxConflicting = section.optional("max_conflicting", Scalars.fraction(true));
    return new AuditLimits(maxRejected.get(), maxChange.get(), maxConflicting.get());
  }
}
