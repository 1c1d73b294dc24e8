package io.autopulse.transform.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Recipe;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoreMethodsTest {
  @TempDir private Path folder;

  private static Series weekly(String key, int length) {
    return new Series(key, Step.WEEK, LocalDate.of(2026, 2, 23), 52, new double[length]);
  }

  private MoreMethods file() throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "series,origin,period,value\nregion/NORTH,2026-03-02,2026-03-09,10\n");
    return SerializableUtils.ensureSerializable(MoreMethods.of(false, Optional.of(file)));
  }

  @Test
  void fileJoinsTheRecipeAndReachesTheWorkers() throws IOException {
    List<Series> panel = List.of(weekly("NORTH", 2));
    Recipe recipe = file().addTo(Recipe.standard(), panel, "region/");
    assertThat(recipe.names(), hasItem("file"));
    assertThat(
        recipe.globalMethods().get(recipe.globalMethods().size() - 1).forecast(panel, 1),
        is(new double[][] {{10}}));
  }

  @Test
  void seriesThatTheFileLacksAreNamed() throws IOException {
    List<Series> panel = List.of(weekly("NORTH", 2), weekly("SOUTH", 2));
    assertThat(
        file().missing(panel, "region/", 1),
        is(
            Optional.of(
                "The file of forecasts has no whole newest forecast of 1 of 2 series: region/SOUTH. Their last season is carried forward in its place.")));
    assertThat(file().missing(panel.subList(0, 1), "region/", 1), is(Optional.empty()));
    assertThat(MoreMethods.NONE.missing(panel, "", 1), is(Optional.empty()));
  }

  @Test
  void boostingJoinsLargePanelsOnly() {
    List<Series> large = IntStream.range(0, 20).mapToObj(i -> weekly("s" + i, 100)).toList();
    MoreMethods boosting = MoreMethods.of(true, Optional.empty());
    assertThat(boosting.addTo(Recipe.standard(), large, "").names(), hasItem("gradient_boosting"));
    assertThat(
        boosting.addTo(Recipe.standard(), large.subList(0, 19), "").names(),
        is(Recipe.standard().names()));
    assertThat(
        MoreMethods.NONE.addTo(Recipe.standard(), large, "").names(),
        not(hasItem("gradient_boosting")));
  }

  @Test
  void fileThatIsNotThereIsAnError() {
    Optional<Path> none = Optional.of(folder.resolve("none.csv"));
    assertThrows(InputException.class, () -> MoreMethods.of(false, none));
  }
}
