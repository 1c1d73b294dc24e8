package io.autopulse.pipeline.manifest;

import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the mappings of a manifest: tables of our members, each with its aliases in the feeds. */
final class MappingsReader {
  private MappingsReader() {}

  /** Reads the section. */
  static MarketNames read(Section section) {
    var makes = table(section, "makes", NameMapping::of);
    var models = table(section, "models", NameMapping::of);
    var regions = table(section, "regions", NameMapping::of);
    var powertrains = table(section, "powertrains", NameMapping::of);
    var fuels = table(section, "fuels", NameMapping::of);
    var topics = table(section, "topics", NameMapping::ofTopics);
    return new MarketNames(
        makes.get(), models.get(), regions.get(), powertrains.get(), fuels.get(), topics.get());
  }

  private static Value<NameMapping> table(
      Section section, String key, Function<Map<String, List<String>>, NameMapping> mapping) {
    return section.section(key, members -> mapping.apply(table(members)), NameMapping.NONE);
  }

  private static Map<String, List<String>> table(Section section) {
    Map<String, Value<List<String>>> values = new LinkedHashMap<>();
    for (String member : section.keys()) {
      values.put(member, section.list(member, e -> e.scalar(Scalars.text()), List.of()));
    }
    Map<String, List<String>> table = new LinkedHashMap<>();
    values.forEach((member, aliases) -> table.put(member, aliases.get()));
    return table;
  }
}
