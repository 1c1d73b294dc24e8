package io.autopulse.cli;

import io.autopulse.cli.launch.LiveLauncher;
import io.autopulse.cli.options.ManifestOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code autopulse follow}: loads what a live job on a cluster drops. */
@Command(
    name = "follow",
    description = {
      "Loads what a live job on a cluster drops into its live folder, and shows today's KPIs.",
      "Start it where the warehouse is; Ctrl-C ends it, and nothing is lost.",
      "Into Snowflake the job loads by itself: then it shows what Snowpipe loads."
    })
final class FollowCommand implements Callable<Integer> {
  @Mixin private ManifestOptions manifest;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    new LiveLauncher(command.commandLine()).follow(manifest.read(), manifest.name());
    return 0;
  }
}
