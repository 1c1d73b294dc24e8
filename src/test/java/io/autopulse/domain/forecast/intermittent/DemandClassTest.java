package io.autopulse.domain.forecast.intermittent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DemandClassTest {
  @Test
  void fourthOfPeriodsWithoutASaleMakesASeriesIntermittent() {
    // an interval of 4 / 3 is above 1.32, one of 5 / 4 is not
    assertEquals(DemandClass.INTERMITTENT, DemandClass.of(new double[] {5, 0, 5, 5}));
    assertEquals(DemandClass.SMOOTH, DemandClass.of(new double[] {5, 0, 5, 5, 5}));
  }

  @Test
  void sizesOfMoreThanSevenTenthsOfTheirMeanApartAreUneven() {
    // sizes 1 and 7: their variance 9 is 0.5625 of the square of their mean 4; of 1 and 5 it is 4/9
    assertEquals(DemandClass.ERRATIC, DemandClass.of(new double[] {1, 7}));
    assertEquals(DemandClass.SMOOTH, DemandClass.of(new double[] {1, 5}));
    assertEquals(DemandClass.LUMPY, DemandClass.of(new double[] {1, 0, 0, 7}));
  }

  @Test
  void periodsBeforeTheFirstSaleDoNotCountAndThoseAfterTheLastDo() {
    assertEquals(DemandClass.SMOOTH, DemandClass.of(new double[] {0, 0, 0, 0, 3, 3, 3}));
    assertEquals(DemandClass.INTERMITTENT, DemandClass.of(new double[] {3, 3, 3, 0, 0, 0}));
  }

  @Test
  void historyWithoutDemandIsIntermittent() {
    assertTrue(DemandClass.of(new double[0]).isIntermittent());
    assertTrue(DemandClass.of(new double[] {0, -2, 0}).isIntermittent());
    assertTrue(DemandClass.of(new double[] {1, 0, 0, 7}).isIntermittent());
    assertFalse(DemandClass.of(new double[] {1, 7}).isIntermittent());
  }
}
