package io.autopulse.transform.forecast.boost;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** LightGBM's native library. What it allocates is freed before a call returns. */
final class LightGbm implements Engine {
  // Tweedie's loss is for sales of many small numbers and zeros, and its forecasts are means: those
  // of the absolute error are medians, nearer to most weeks and a fifth too low in their sum. One
  // thread: the histograms of several are added in another order.
  private static final String PARAMETERS =
      "objective=tweedie tweedie_variance_power=1.5 learning_rate=0.05 num_leaves=31"
          + " min_data_in_leaf=100 feature_fraction=0.5 bagging_fraction=0.5 bagging_freq=1"
          + " max_bin=127 seed=20240101 deterministic=true force_row_wise=true num_threads=1"
          + " verbosity=-1";

  @Override
  public void load() {
    if (!Libraries.LOADED) {
      throw new UnsatisfiedLinkError("LightGBM's library for this system did not load");
    }
  }

  /**
   * Loads the native libraries once. lightgbm4j unpacks them into the temporary folder under fixed
   * names: a second process overwrites the code that the first one runs, which then crashes. So it
   * gets a folder of this process alone, and what is mapped is deleted at once.
   */
  private static final class Libraries {
    private static final String TEMPORARY = "java.io.tmpdir";
    static final boolean LOADED = load();

    private static boolean load() {
      String shared = System.getProperty(TEMPORARY, "/tmp");
      try {
        Path own = Files.createTempDirectory("autopulse-lightgbm-");
        System.setProperty(TEMPORARY, own.toString());
        try {
          return LGBMBooster.isNativeLoaded();
        } finally {
          System.setProperty(TEMPORARY, shared);
          delete(own);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("LightGBM's library cannot be unpacked", e);
      }
    }

    private static void delete(Path folder) throws IOException {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  @Override
  public double[] fitAndPredict(Rows training, float[] targets, Rows wanted, int rounds) {
    try (LGBMDataset data =
        LGBMDataset.createFromMat(
            training.values(), training.count(), training.width(), true, PARAMETERS, null)) {
      data.setField("label", targets);
      try (LGBMBooster booster = LGBMBooster.create(data, PARAMETERS)) {
        for (int round = 0; round < rounds && !booster.updateOneIter(); round++) {
          // The loop ends early when no split is left to make.
        }
        return booster.predictForMat(
            wanted.values(),
            wanted.count(),
            wanted.width(),
            true,
            PredictionType.C_API_PREDICT_NORMAL,
            "num_threads=1");
      }
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
    }
  }
}
