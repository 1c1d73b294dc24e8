package io.autopulse.domain.forecast.combine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void windowsOfLongSeriesLieAHorizonApart() {
    // 8 windows of 13 weeks and three years before them: 104 + 156.
    Windows windows = Windows.of(new int[] {260, 260, 260}, 52, 13, 8);
    assertThat(windows, is(new Windows(13, 8)));
    assertThat(windows.of(260, 52, 13), is(8));
    assertThat(windows.shift(0, 13), is(13));
    assertThat(windows.shift(7, 13), is(104));
  }

  @Test
  void windowsOfShorterSeriesLieCloser() {
    // 86 months less a horizon of 12 and three years: 38 months for 7 steps.
    Windows windows = Windows.of(new int[] {86}, 12, 12, 8);
    assertThat(windows, is(new Windows(5, 8)));
    assertThat(windows.overlap(0, 2, 12), is(true));
    assertThat(windows.overlap(0, 3, 12), is(false));
  }

  @Test
  void seriesShorterThanItsSiblingsHasFewerWindows() {
    Windows windows = new Windows(12, 8);
    // Histories of 24 at least: 60 - 12 - 24 = 24 months leave room for two steps.
    assertThat(windows.of(60, 12, 12), is(3));
    assertThat(windows.of(200, 12, 12), is(8));
    // Half of 30 is less than two years.
    assertThat(windows.of(30, 12, 12), is(1));
    assertThat(windows.of(20, 12, 12), is(0));
    assertThat(windows.of(0, 12, 12), is(0));
  }

  @Test
  void panelOfShortSeriesHasWindowsAPeriodApart() {
    assertThat(Windows.of(new int[] {30, 28, 31}, 12, 6, 8), is(new Windows(1, 8)));
    assertThat(Windows.of(new int[0], 12, 6, 3), is(new Windows(1, 3)));
  }
}
