package io.autopulse.transform.forecast;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Recipe;
import io.autopulse.transform.forecast.boost.GradientBoosting;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Methods that join the recipe where they are asked for. They earn their weights in the backtest,
 * as all others do. Workers get the forecasts of the file with the transform.
 */
public final class MoreMethods implements Serializable {
  /** No more methods. */
  public static final MoreMethods NONE = new MoreMethods(false, null);

  private static final long serialVersionUID = 1L;
  private static final String FILE_METHOD = "file";

  /** So many missing series are named. */
  private static final int NAMED = 5;

  private final boolean boosting;
  private final @Nullable FileMethod file;

  private MoreMethods(boolean boosting, @Nullable FileMethod file) {
    this.boosting = boosting;
    this.file = file;
  }

  /**
   * Returns what is asked for.
   *
   * @param boosting whether gradient boosting joins where a panel is large enough
   * @param file the file of another tool's forecasts
   * @throws io.autopulse.domain.problem.InputException if the file cannot be read
   */
  public static MoreMethods of(boolean boosting, Optional<Path> file) {
    return new MoreMethods(
        boosting, file.map(path -> FileMethod.read(path, FILE_METHOD)).orElse(null));
  }

  /**
   * Adds them to a recipe.
   *
   * @param recipe what is combined without them
   * @param panel what is forecast
   * @param prefix what the file has before the names of the series
   */
  public Recipe addTo(Recipe recipe, List<Series> panel, String prefix) {
    List<GlobalMethod> methods = new ArrayList<>(recipe.globalMethods());
    @Nullable SellingDays days = recipe.sellingDays().orElse(null);
    GradientBoosting boosted = new GradientBoosting(days);
    if (boosting && boosted.fits(panel)) {
      methods.add(boosted);
    }
    if (file != null) {
      methods.add(file.within(prefix));
    }
    return new Recipe(recipe.methods(), methods, recipe.windows(), recipe.sellingDays());
  }

  /**
   * Returns one sentence that names the series whose newest forecast the file lacks; empty if it
   * has all, or there is no file.
   *
   * @param panel what is forecast
   * @param prefix what the file has before the names of the series
   * @param horizon how many periods a forecast has
   */
  public Optional<String> missing(List<Series> panel, String prefix, int horizon) {
    List<String> missing = file == null ? List.of() : file.within(prefix).missing(panel, horizon);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The file of forecasts has no whole newest forecast of "
                + missing.size()
                + " of "
                + panel.size()
                + " series: "
                + String.join(
                    ", ", missing.stream().limit(NAMED).map(name -> prefix + name).toList())
                + (missing.size() > NAMED ? " and others" : "")
                + ". Their last season is carried forward in its place.");
  }
}
