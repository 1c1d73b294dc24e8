package io.autopulse.domain.forecast.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BiasTest {
  @Test
  void biasAboveFivePercentIsMarkedAndHalved() {
    // The oldest of five vintages does not count: 440 against 400.
    Bias bias =
        Bias.of(new double[] {900, 110, 120, 100, 110}, new double[] {100, 100, 100, 100, 100});
    assertEquals(0.1, bias.share(), 1e-12);
    assertTrue(bias.marked());
    assertEquals(1 / 1.05, bias.factor(), 1e-12);
  }

  @Test
  void forecastsThatAreTooLowAreRaised() {
    Bias bias = Bias.of(new double[] {40, 50, 40, 50}, new double[] {50, 50, 50, 50});
    assertEquals(-0.1, bias.share(), 1e-12);
    assertEquals(1 / 0.95, bias.factor(), 1e-12);
  }

  @Test
  void biasOfExactlyFivePercentIsLeftAlone() {
    Bias bias = Bias.of(new double[] {105, 105, 105, 105}, new double[] {100, 100, 100, 100});
    assertFalse(bias.marked());
    assertEquals(1, bias.factor());
  }

  @Test
  void threeVintagesOrNoSalesSayNothing() {
    assertFalse(Bias.of(new double[] {9, 9, 9}, new double[] {1, 1, 1}).marked());
    assertFalse(Bias.of(new double[] {9, 9, 9, 9}, new double[] {0, 0, 0, 0}).marked());
  }

  @Test
  void vintagesWithoutActualsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Bias.of(new double[] {1}, new double[] {1, 2}));
  }
}
