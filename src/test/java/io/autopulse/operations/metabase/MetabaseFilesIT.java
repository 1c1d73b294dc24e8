package io.autopulse.operations.metabase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.MetabaseApi;
import io.autopulse.testing.NodeEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metabase's own validator of serialized content takes what ships and what an export writes. */
class MetabaseFilesIT {
  @TempDir Path temporary;

  @Test
  void shippedFilesAreValid() throws IOException {
    assertThat(validate(ShippedContent.FOLDER), is(all()));
  }

  @Test
  void exportedFilesAreValid() throws IOException {
    try (MetabaseApi metabase = MetabaseApi.start(ShippedContent.columns())) {
      Provisioning provisioning =
          new Provisioning(
              new MetabaseServer(metabase.environment(), Duration.ZERO), ShippedContent.read());
      provisioning.apply();
      provisioning.export().write(temporary, ContentFolder.DASHBOARD);
    }
    assertThat(validate(temporary), is(all()));
  }

  @Test
  void fileOfAnotherShapeIsRefused() throws IOException {
    Path folder = ShippedContent.copy(temporary.resolve("metabase"));
    ShippedContent.change(folder, "sales/revenue", "display: scalar", "display: picture");
    assertThat(validate(folder), allOf(containsString("revenue.yaml"), containsString("1 failed")));
  }

  private static String all() {
    return ShippedContent.read().contents().size() + " passed, 0 failed";
  }

  private static String validate(Path folder) throws IOException {
    return NodeEnvironment.run("metabase.mjs", List.of(folder.toAbsolutePath().toString())).strip();
  }
}
