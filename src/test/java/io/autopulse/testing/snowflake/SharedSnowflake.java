package io.autopulse.testing.snowflake;

import io.autopulse.testing.PythonEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link SnowflakeEmulator} as a parameter: one for all classes of a JVM, started for
 * the first that asks. A class takes a database of its own. Failsafe launches JUnit once for each
 * class, so a store of JUnit would end with the class.
 */
public final class SharedSnowflake implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SnowflakeEmulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SnowflakeEmulator emulator = Running.EMULATOR;
    try {
      emulator.recover();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return emulator;
  }

  private static final class Running {
    static final SnowflakeEmulator EMULATOR = start();

    private static SnowflakeEmulator start() {
      try {
        Path folder = Files.createTempDirectory("snowflake-emulator");
        SnowflakeEmulator emulator = SnowflakeEmulator.start(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(emulator, folder)));
        return emulator;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void end(SnowflakeEmulator emulator, Path folder) {
      emulator.close();
      PythonEnvironment.delete(folder);
    }
  }
}
