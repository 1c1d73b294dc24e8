package io.autopulse.cli.launch;

import picocli.CommandLine.IVersionProvider;

/** The version of this build: that of the jar, or {@code development} when it runs from classes. */
public final class Version implements IVersionProvider {
  /** Returns the version alone, as kept with each run. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"autopulse " + current()};
  }
}
