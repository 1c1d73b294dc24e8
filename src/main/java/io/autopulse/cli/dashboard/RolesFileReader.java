package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.access.Role;
import io.autopulse.web.access.Roles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the file of {@code --roles} as strictly as manifests: what is not known is an error. */
final class RolesFileReader {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

  /** Headers that are not the proxy's to fill. */
  private static final Set<String> TAKEN =
      Set.of("authorization", "host", "cookie", "connection", "user-agent", "referer", "from");

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private RolesFileReader() {}

  /**
   * Reads a file.
   *
   * @throws InputException with every problem found
   */
  static Roles read(Path file) {
    return YamlFile.bindAsWritten(
        YamlTree.read(YamlFile.text(file), Place.inFile(file.toString()), ""),
        RolesFileReader::roles);
  }

  private static Roles roles(Section root) {
    var header = root.optional("header", RolesFileReader::header);
    Set<String> names = new LinkedHashSet<>();
    Value<Map<String, Role>> roles =
        root.requiredSection(
            "roles",
            section -> {
              names.addAll(section.keys());
              return each(section, RolesFileReader::role);
            });
    boolean isNamed = header.orElse(Optional.of("")).isPresent();
    Value<Map<String, Entry>> users =
        root.requiredSection("users", section -> users(section, names, isNamed));
    Map<String, Role> known = roles.get();
    Map<String, Roles.User> read = new LinkedHashMap<>();
    users.get().forEach((name, user) -> read.put(name, user.with(known)));
    return new Roles(header.get(), read);
  }

  /** A user as the file has him. */
  private record Entry(List<String> roles, Optional<String> tokenHash) {
    Roles.User with(Map<String, Role> known) {
      return new Roles.User(
          roles.stream().map(name -> Objects.requireNonNull(known.get(name))).toList(), tokenHash);
    }
  }

  private static String header(String text) {
    String name =
        Scalars.matching(HEADER, "a name of a header, such as X-Forwarded-User").apply(text);
    if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new InputException(
          "", "\"" + name + "\" is what browsers fill", "Name one that the proxy always replaces");
    }
    return name;
  }

  private static <T> Map<String, T> each(Section section, Function<Section, T> reader) {
    Map<String, Value<T>> values = new LinkedHashMap<>();
    section.keys().forEach(key -> values.put(key, section.requiredSection(key, reader)));
    Map<String, T> read = new LinkedHashMap<>();
    values.forEach((key, value) -> read.put(key, value.get()));
    return read;
  }

  private static Role role(Section section) {
    var all =
        section.optional(
            "all", Scalars.oneOf("true or false", Map.of("true", true, "false", false)), false);
    var regions = section.list("regions", e -> e.scalar(Scalars.name()), List.<String>of());
    var dealers = section.list("dealers", e -> e.scalar(Scalars.name()), List.<String>of());
    Scope scope = new Scope(regions.get(), dealers.get());
    if (all.get() && !scope.isEmpty()) {
      throw new IllegalArgumentException("shows all sales: it needs no regions and dealers");
    }
    return new Role(all.get() ? Optional.empty() : Optional.of(scope));
  }

  private static Map<String, Entry> users(Section section, Set<String> roles, boolean isNamed) {
    Map<String, Entry> users = each(section, user -> user(user, roles));
    Set<String> hashes = new HashSet<>();
    users.forEach(
        (name, user) -> {
          if (user.tokenHash().isEmpty() && !isNamed) {
            section.report(
                List.of(name),
                "cannot be told from others",
                "Give the user a token_sha256, or the file a header in which a proxy says who asks");
          }
          if (user.tokenHash().isPresent() && !hashes.add(user.tokenHash().get())) {
            section.report(
                List.of(name, "token_sha256"), "is that of another user", "Make another token");
          }
        });
    return users;
  }

  private static Entry user(Section section, Set<String> known) {
    var roles =
        section.list(
            "roles", e -> e.scalar(Scalars.oneOf("a role of this file", known)), List.<String>of());
    var hash = section.optional("token_sha256", RolesFileReader::hash);
    return new Entry(roles.get(), hash.get());
  }

  /** What stands in the place of a hash may be the token itself: it is not shown. */
  private static String hash(String text) {
    if (!HASH.matcher(text).matches()) {
      throw new InputException(
          "",
          "is not the 64 hexadecimal digits of a SHA-256, in lower case",
          "Write what sha256sum says of the token, without a line break after it");
    }
    return text;
  }
}
