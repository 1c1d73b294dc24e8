package io.autopulse.cli.operations;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.metabase.Content;
import io.autopulse.operations.metabase.ContentDrift;
import io.autopulse.operations.metabase.ContentFolder;
import io.autopulse.operations.metabase.ContentLint;
import io.autopulse.operations.metabase.Measures;
import io.autopulse.operations.metabase.MetabaseServer;
import io.autopulse.operations.metabase.Provisioning;
import io.autopulse.operations.metabase.RegionRole;
import io.autopulse.pipeline.yaml.YamlFile;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code autopulse metabase}: the content of a Metabase server as files. */
@Command(
    name = "metabase",
    description = {
      "Checks the files of Metabase's questions and dashboards, compares them with a server, and makes its content what they say.",
      "MB_URL and MB_API_KEY, or MB_URL_FILE and MB_API_KEY_FILE, say which server, and with whose rights."
    })
public final class MetabaseCommand implements Runnable {
  /** What a server has is not what the files say. */
  private static final int DRIFT = 3;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int SHOWN = 100;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "dashboards/metabase",
      scope = ScopeType.INHERIT,
      description = "The folder with collections/main (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("dashboards/metabase");

  @Option(
      names = "--dashboard",
      paramLabel = "URL",
      defaultValue = ContentFolder.DASHBOARD,
      scope = ScopeType.INHERIT,
      description = "Where the web dashboard is that a click leads to (default: ${DEFAULT-VALUE}).")
  private String dashboard = ContentFolder.DASHBOARD;

  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(), "Which? autopulse metabase lint, plan, apply, export or region");
  }

  @Command(
      name = "lint",
      description = "Checks the files by themselves, and against the list of measures.")
  int lint(
      @Option(
              names = "--measures",
              paramLabel = "FILE",
              defaultValue = "dashboards/measures.yaml",
              description = "The list of measures (default: ${DEFAULT-VALUE}).")
          Path measures) {
    ContentFolder read = ContentFolder.read(folder, address());
    new ContentLint(read, Optional.of(Measures.read(measures))).check();
    out().println(read.contents().size() + " collections, questions and dashboards are in order.");
    return 0;
  }

  @Command(
      name = "plan",
      description = "Shows what apply would create, update and delete; exit code 3 if anything.")
  int plan() {
    ContentDrift drift = provisioning().plan();
    print(drift);
    out().println(summary(drift, "to create", "to update", "to delete"));
    return drift.isEmpty() ? 0 : DRIFT;
  }

  @Command(
      name = "apply",
      description = {
        "Checks the files, then creates and updates what differs, and moves what no file has from our collections to the trash.",
        "A second time it does nothing. If it fails, it takes back what it has done."
      })
  int apply() {
    ContentDrift drift = provisioning().apply();
    print(drift);
    out().println(summary(drift, "created", "updated", "deleted"));
    return 0;
  }

  @Command(name = "export", description = "Writes what the server has in our collections as files.")
  int export(
      @Option(
              names = "--to",
              paramLabel = "FOLDER",
              required = true,
              description = "The folder; the files in its collections/main are replaced.")
          Path to) {
    ContentFolder exported = provisioning().export();
    exported.write(to, address());
    out().println(exported.contents().size() + " files written to " + to + ".");
    return 0;
  }

  @Command(
      name = "region",
      description =
          "Writes the statements that make a role of Snowflake that sees one region, for a connection of its own.")
  int region(
      @Parameters(paramLabel = "NAME", description = "The region, as the marts have it.")
          String region,
      @Option(
              names = "--database",
              paramLabel = "NAME",
              defaultValue = "AUTOPULSE",
              description = "The database of the marts (default: ${DEFAULT-VALUE}).")
          String database) {
    out().print(new RegionRole(region, database).sql(YamlFile.text(folder.resolve("region.sql"))));
    return 0;
  }

  private Provisioning provisioning() {
    ContentFolder read = ContentFolder.read(folder, address());
    new ContentLint(read, Optional.empty()).check();
    return new Provisioning(new MetabaseServer(System.getenv(), PAUSE), read);
  }

  private String address() {
    try {
      URI uri = URI.create(dashboard);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return dashboard.replaceAll("/+$", "") + "/";
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new InputException(
        "--dashboard", "is not a URL", "Write one such as https://sales.example.com/");
  }

  private void print(ContentDrift drift) {
    PrintWriter out = out();
    drift.missing().forEach(one -> out.println("+ " + named(one)));
    for (ContentDrift.Changed changed : drift.changed()) {
      out.println("~ " + named(changed.content()));
      for (ContentDrift.Difference d : changed.differences()) {
        out.printf("    %s: %s -> %s%n", d.path(), shown(d.server()), shown(d.file()));
      }
    }
    drift.surplus().forEach(one -> out.println("- " + one.kind().path() + " " + one.name()));
  }

  private static String named(Content content) {
    return content.kind().path() + " " + content.name();
  }

  private static String shown(Optional<String> value) {
    String text = value.orElse("nothing").replaceAll("\\s+", " ").strip();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private static String summary(
      ContentDrift drift, String missing, String changed, String surplus) {
    return "%d %s, %d %s, %d %s, %d as in the files."
        .formatted(
            drift.missing().size(),
            missing,
            drift.changed().size(),
            changed,
            drift.surplus().size(),
            surplus,
            drift.same());
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
