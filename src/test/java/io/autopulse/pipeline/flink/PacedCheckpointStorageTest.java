package io.autopulse.pipeline.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageLoader;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is written at a pace is what was given, in the folder that Flink was told. */
class PacedCheckpointStorageTest {
  @TempDir private Path directory;

  @Test
  void stateIsWrittenWhole() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(
        CheckpointingOptions.CHECKPOINT_STORAGE, PacedCheckpointStorage.Factory.class.getName());
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    CheckpointStorageAccess access =
        CheckpointStorageLoader.fromConfig(
                configuration,
                getClass().getClassLoader(),
                LoggerFactory.getLogger(PacedCheckpointStorageTest.class))
            .orElseThrow()
            .createCheckpointStorage(new JobID());
    access.initializeBaseLocationsForCheckpoint();
    access.initializeLocationForCheckpoint(1);
    CheckpointStreamFactory streams =
        access.resolveCheckpointStorageLocation(1, CheckpointStorageLocationReference.getDefault());
    byte[] state = new byte[700_000];
    new Random(7).nextBytes(state);

    try (CheckpointStateOutputStream abandoned =
            streams.createCheckpointStateOutputStream(CheckpointedStateScope.EXCLUSIVE);
        CheckpointStateOutputStream stream =
            streams.createCheckpointStateOutputStream(CheckpointedStateScope.EXCLUSIVE)) {
      abandoned.write(state, 0, 1_000);
      stream.write(state[0]);
      stream.write(Arrays.copyOfRange(state, 1, 400_000));
      stream.write(state, 400_000, 300_000);
      assertThat(stream.getPos(), is(700_000L));
      StreamStateHandle handle = stream.closeAndGetHandle();

      try (InputStream written = handle.openInputStream()) {
        assertThat(Arrays.equals(written.readAllBytes(), state), is(true));
      }
      assertThat(handle.toString().contains(directory.toString()), is(true));
    }
  }
}
