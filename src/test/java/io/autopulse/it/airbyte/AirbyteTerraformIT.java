package io.autopulse.it.airbyte;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.autopulse.testing.PythonEnvironment;
import io.autopulse.testing.airbyte.MarketApis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The Terraform files: their language, their references, the provider's attributes as it documents
 * them, and the connector manifests that they deploy.
 */
class AirbyteTerraformIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path CONNECTORS = ROOT.resolve("airbyte/connectors");

  /** What version 1.3 of the provider documents of the types that are used here. */
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "airbyte_declarative_source_definition",
          Set.of("name", "workspace_id", "manifest", "version"),
          "airbyte_source",
          Set.of(
              "name",
              "workspace_id",
              "definition_id",
              "configuration",
              "secret_id",
              "resource_allocation"),
          "airbyte_destination",
          Set.of("name", "workspace_id", "definition_id", "configuration", "resource_allocation"),
          "airbyte_connection",
          Set.of(
              "name",
              "source_id",
              "destination_id",
              "configurations",
              "data_residency",
              "namespace_definition",
              "namespace_format",
              "non_breaking_schema_updates_behavior",
              "prefix",
              "schedule",
              "status"),
          "airbyte_connector_configuration",
          Set.of(
              "connector_name",
              "connector_version",
              "configuration",
              "configuration_secrets",
              "ignore_errors"));

  private static final Set<String> META = Set.of("for_each", "count");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<![\\w.$\"-])(data\\.airbyte_\\w+\\.\\w+|airbyte_\\w+\\.\\w+|var\\.\\w+|local\\.\\w+)");

  private static List<Block> blocks;
  private static Map<String, JsonNode> manifests;

  /**
   * A block of a file.
   *
   * @param file its file
   * @param kind such as {@code resource}
   * @param labels its type and name
   * @param body its attributes; expressions are text
   */
  private record Block(String file, String kind, List<String> labels, JsonNode body) {
    String address() {
      return (kind.equals("data") ? "data." : "") + String.join(".", labels);
    }
  }

  @BeforeAll
  static void read() throws IOException, InterruptedException {
    Path sources = ROOT.resolve("src/test/python/terraform");
    PythonEnvironment python =
        PythonEnvironment.of(
            sources.resolve("requirements.txt"), ROOT.resolve("target/python/terraform"));
    Process process =
        new ProcessBuilder(
                python.interpreter().toString(),
                sources.resolve("as_json.py").toString(),
                ROOT.resolve("airbyte/terraform").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String json = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat("the files are no HCL", process.waitFor(), is(0));
    blocks = new ArrayList<>();
    for (JsonNode block : MarketApis.tree(json)) {
      List<String> labels = new ArrayList<>();
      block.get("labels").forEach(label -> labels.add(label.asText()));
      blocks.add(
          new Block(
              block.get("file").asText(), block.get("kind").asText(), labels, block.get("body")));
    }
    manifests = new TreeMap<>();
    try (Stream<Path> files = Files.list(CONNECTORS)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        manifests.put(
            file.getFileName().toString().replace(".yaml", ""),
            new YAMLMapper().readTree(Files.readString(file)));
      }
    }
  }

  @Test
  void everyAttributeIsOneThatTheProviderDocuments() {
    List<Block> typed = blocks("resource", "data");
    assertThat(typed.size(), is(11));
    for (Block block : typed) {
      Set<String> known = new HashSet<>(ATTRIBUTES.get(block.labels().get(0)));
      known.addAll(META);
      assertThat(block.address(), names(block.body()), everyItem(is(in(known))));
    }
  }

  @Test
  void everyReferenceNamesWhatIsThereAndEveryVariableIsUsed() {
    Set<String> known = new TreeSet<>();
    blocks("resource", "data").forEach(block -> known.add(block.address()));
    blocks("variable").forEach(block -> known.add("var." + block.labels().get(0)));
    blocks("locals")
        .forEach(block -> names(block.body()).forEach(name -> known.add("local." + name)));
    Set<String> used = new TreeSet<>();
    for (Block block : blocks) {
      Matcher reference = REFERENCE.matcher(block.body().toString().replace("\\\"", "'"));
      while (reference.find()) {
        used.add(reference.group(1));
      }
    }
    Set<String> missing = new TreeSet<>(used);
    missing.removeAll(known);
    assertThat("references to nothing", missing, is(empty()));
    Set<String> unused = new TreeSet<>(known);
    unused.removeAll(used);
    unused.removeIf(address -> address.matches("airbyte_connection\\..*"));
    assertThat("used by nothing", unused, is(empty()));
  }

  @Test
  void secretsAreSensitiveVariablesWithoutAValue() {
    Set<String> sensitive = new TreeSet<>();
    for (Block variable : blocks("variable")) {
      JsonNode given = variable.body().path("default");
      if (variable.body().path("sensitive").asBoolean()) {
        sensitive.add(variable.labels().get(0));
        assertThat(variable.labels() + " has a value", given.asText("null"), is("null"));
      }
    }
    List<String> secrets = new ArrayList<>();
    local("secrets").forEach(each -> each.forEach(value -> secrets.add(value.asText())));
    for (Block block : blocks("data")) {
      block.body().get("configuration_secrets").forEach(value -> secretsIn(value, secrets));
    }
    for (Block block : blocks("provider")) {
      secrets.add(block.body().get("client_id").asText());
      secrets.add(block.body().get("client_secret").asText());
    }
    assertThat(secrets.size(), is(11));
    for (String secret : secrets) {
      assertThat(secret.replaceAll("\\$\\{var\\.(\\w+)}", "$1"), is(in(sensitive)));
    }
  }

  private static void secretsIn(JsonNode value, List<String> secrets) {
    if (value.isObject()) {
      secretsIn(value.get("private_key"), secrets);
    } else {
      secrets.add(value.asText());
    }
  }

  @Test
  void everyConnectorIsDeployedWithWhatItsSpecAsksFor() {
    JsonNode connectors = local("connectors");
    assertThat(Set.copyOf(names(connectors)), is(manifests.keySet()));
    assertThat(Set.copyOf(names(local("secrets"))), is(manifests.keySet()));
    for (Map.Entry<String, JsonNode> manifest : manifests.entrySet()) {
      String name = manifest.getKey();
      JsonNode spec = manifest.getValue().at("/spec/connection_specification");
      List<String> configured =
          new ArrayList<>(names(connectors.at("/" + name + "/configuration")));
      List<String> secret = names(local("secrets").get(name));
      configured.addAll(secret);
      assertThat(name, configured, everyItem(is(in(names(spec.get("properties"))))));
      spec.get("required").forEach(field -> assertThat(name, configured, hasItem(field.asText())));
      List<String> marked = new ArrayList<>();
      for (String field : names(spec.get("properties"))) {
        if (spec.at("/properties/" + field + "/airbyte_secret").asBoolean()) {
          marked.add(field);
        }
      }
      assertThat(name + " marks its secrets", marked, is(not(empty())));
      assertThat(name, secret, is(marked));
      assertThat(
          connectors.at("/" + name + "/configuration/base_url").asText(),
          is(spec.at("/properties/base_url/default").asText()));
      assertThat(
          connectors.at("/" + name + "/cron").asText().matches("0 [\\d*/]+ [\\d*/]+ \\* \\* \\?"),
          is(true));
    }
  }

  @Test
  void everyStreamHasAKeyACursorAndARateLimitAndItsSchemaNamesThem() {
    for (Map.Entry<String, JsonNode> manifest : manifests.entrySet()) {
      assertThat(manifest.getValue().at("/api_budget/policies").isEmpty(), is(false));
      for (JsonNode stream : manifest.getValue().get("streams")) {
        String name = manifest.getKey() + "." + stream.get("name").asText();
        List<String> fields = names(stream.at("/schema_loader/schema/properties"));
        assertThat(name, stream.get("primary_key").size() > 0, is(true));
        stream
            .get("primary_key")
            .forEach(field -> assertThat(name, fields, hasItem(field.asText())));
        assertThat(name, fields, hasItem(stream.at("/incremental_sync/cursor_field").asText()));
        JsonNode errors = stream.at("/retriever/requester/error_handler");
        assertThat(errors.at("/backoff_strategies/0/header").asText(), is("Retry-After"));
        assertThat(errors.at("/response_filters/0/http_codes/0").asInt(), is(429));
        assertThat(stream.at("/retriever/paginator/type").isMissingNode(), is(false));
      }
    }
    // The connections take streams, keys and cursors from the manifests.
    for (Block block : blocks("resource")) {
      if (block.labels().get(0).equals("airbyte_connection")) {
        assertThat(
            block.body().at("/configurations/streams").asText().contains("local.erp_streams")
                || block.body().at("/configurations/streams").asText().contains("local.streams["),
            is(true));
        assertThat(block.body().at("/schedule/schedule_type").asText(), is("cron"));
      }
    }
  }

  private static List<Block> blocks(String... kinds) {
    return blocks.stream().filter(block -> Set.of(kinds).contains(block.kind())).toList();
  }

  private static JsonNode local(String name) {
    return blocks("locals").stream()
        .map(block -> block.body().path(name))
        .filter(value -> !value.isMissingNode())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
