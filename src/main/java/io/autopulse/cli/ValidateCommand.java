package io.autopulse.cli;

import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.pipeline.feed.SourceCheck;
import io.autopulse.pipeline.manifest.Manifest;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code autopulse validate}: reads a manifest, looks at its sources, and shows what a refresh
 * today would do. Changes nothing.
 */
@Command(
    name = "validate",
    description = "Checks a manifest and its sources, and shows what a run would do.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ManifestOptions manifestOptions;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Manifest manifest = manifestOptions.read();
    PrintWriter out = spec.commandLine().getOut();
    out.print(new Plan(manifest, SourceCheck.check(manifest), LocalDate.now(manifest.timezone())));
    out.flush();
    return 0;
  }
}
