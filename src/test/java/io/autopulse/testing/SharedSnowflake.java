package io.autopulse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link SnowflakeEmulator} as a parameter: one for all classes of a run, started for
 * the first that asks, with a folder that is deleted at the end. A class takes a database of its
 * own.
 */
public final class SharedSnowflake implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SnowflakeEmulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedSnowflake.class))
        .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
        .emulator;
  }

  private static final class Running implements CloseableResource {
    private final Path folder;
    private final SnowflakeEmulator emulator;

    Running() {
      try {
        folder = Files.createTempDirectory("snowflake-emulator");
        emulator = SnowflakeEmulator.start(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      emulator.close();
      PythonEnvironment.delete(folder);
    }
  }
}
