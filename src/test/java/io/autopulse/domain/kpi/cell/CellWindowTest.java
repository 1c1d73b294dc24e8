package io.autopulse.domain.kpi.cell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.block.Version;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CellWindowTest {
  @Test
  void keyNamesTheDimensionAndNotItsPlace() {
    Dimension pair = Dimension.of(Attribute.REGION, Attribute.MODEL);
    for (List<Dimension> order :
        List.of(List.of(Dimension.TOTAL, pair), List.of(pair, Dimension.TOTAL))) {
      CellChanges sums = new CellChanges(List.of(Grain.DAY), order, ZoneOffset.UTC);
      sums.add(Version.block(Version.of("1").soldOn(LocalDate.of(2024, 3, 2)).prices(500, 0)));
      Set<String> keys = new TreeSet<>();
      sums.drain((window, bytes) -> keys.add(window.key()));
      assertThat(keys, contains("DAY|474816|region x model", "DAY|474816|total"));
    }
  }

  @Test
  void windowOfAKeyIsTheWindow() {
    CellWindow window = new CellWindow(Grain.WEEK, 474_720, "region x model");
    assertThat(CellWindow.parse(window.key()), is(window));
  }
}
