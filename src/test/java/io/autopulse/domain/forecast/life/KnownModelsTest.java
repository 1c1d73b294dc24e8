package io.autopulse.domain.forecast.life;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownModelsTest {
  private static final LocalDate MARCH = LocalDate.parse("2024-03-04");
  private static final LocalDate MAY = LocalDate.parse("2024-05-06");

  private static KnownVehicle clio(
      String id,
      @Nullable LocalDate launchedOn,
      @Nullable LocalDate discontinuedOn,
      @Nullable String successor) {
    return vehicle(id, "RENAULT CLIO", "B", "ICE", 20_000.0, launchedOn, discontinuedOn, successor);
  }

  private static KnownVehicle vehicle(
      String id,
      String member,
      @Nullable String segment,
      @Nullable String powertrain,
      @Nullable Double price,
      @Nullable LocalDate launchedOn,
      @Nullable LocalDate discontinuedOn,
      @Nullable String successor) {
    return new KnownVehicle(
        id, "RENAULT", member, segment, powertrain, price, launchedOn, discontinuedOn, successor);
  }

  @Test
  void modelIsLaunchedWithItsFirstIdIfAllAreKnown() {
    assertThat(
        KnownModels.of(List.of(clio("M2", MAY, null, null), clio("M1", MARCH, null, null))),
        contains(new Model("RENAULT CLIO", MARCH, null, null, "B", "ICE", 20_000.0)));
    assertThat(
        KnownModels.of(List.of(clio("M2", MAY, null, null), clio("M1", null, null, null))),
        contains(new Model("RENAULT CLIO", null, null, null, "B", "ICE", 20_000.0)));
  }

  @Test
  void modelEndsWithItsLastIdIfAllHaveAnEnd() {
    assertThat(
        KnownModels.of(List.of(clio("M1", null, MARCH, null), clio("M2", null, MAY, null)))
            .get(0)
            .discontinuedOn(),
        is(MAY));
    Model goesOn =
        KnownModels.of(List.of(clio("M1", null, MARCH, null), clio("M2", null, null, null))).get(0);
    assertThat(goesOn.discontinuedOn() == null, is(true));
  }

  @Test
  void attributesAreThoseInWhichTheIdsThatHaveOneAgree() {
    assertThat(
        KnownModels.of(
            List.of(
                vehicle("M1", "RENAULT CLIO", "B", "ICE", 20_000.0, null, null, null),
                vehicle("M2", "RENAULT CLIO", null, "BEV", 30_000.0, null, null, null),
                vehicle("M3", "RENAULT CLIO", "B", null, null, null, null, null))),
        contains(new Model("RENAULT CLIO", null, null, null, "B", null, 25_000.0)));
  }

  @Test
  void successorIsTheModelOfTheIdAndNoneThatIsNotKnown() {
    KnownVehicle five = vehicle("M5", "RENAULT 5", "B", "BEV", null, MAY, null, null);
    KnownVehicle five2 = vehicle("M6", "RENAULT 5", "B", "BEV", null, MAY, null, null);
    KnownVehicle four = vehicle("M4", "RENAULT 4", "B", "BEV", null, MAY, null, null);
    assertThat(
        successor(clio("M1", null, MARCH, "M5"), clio("M2", null, MAY, "M6"), five, five2),
        is("RENAULT 5"));
    assertThat(
        successor(clio("M1", null, MARCH, "M5"), clio("M2", null, MAY, null), five),
        is("RENAULT 5"));
    assertThat(
        "they differ",
        successor(clio("M1", null, MARCH, "M5"), clio("M2", null, MAY, "M4"), five, four),
        is("none"));
    assertThat("unknown", successor(clio("M1", null, MARCH, "M9"), five), is("none"));
    assertThat(
        "itself",
        successor(clio("M1", null, MARCH, "M2"), clio("M2", null, MAY, null)),
        is("none"));
  }

  private static String successor(KnownVehicle... vehicles) {
    String successor =
        KnownModels.of(List.of(vehicles)).stream()
            .filter(model -> model.key().equals("RENAULT CLIO"))
            .findFirst()
            .orElseThrow()
            .successor();
    return successor == null ? "none" : successor;
  }

  @Test
  void orderChangesNothingAndTextsGiveTheVehicleBack() {
    List<KnownVehicle> vehicles = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      vehicles.add(
          vehicle(
              "M" + i,
              "RENAULT " + i % 3,
              "B",
              i == 4 ? null : "BEV",
              0.1 + i * 1.7,
              MARCH,
              null,
              "M0"));
    }
    List<Model> expected = KnownModels.of(vehicles);
    for (long seed = 1; seed <= 5; seed++) {
      Collections.shuffle(vehicles, new Random(seed));
      assertThat("seed " + seed, KnownModels.of(vehicles), is(expected));
    }
    for (KnownVehicle vehicle : vehicles) {
      assertThat(KnownVehicle.of(vehicle.texts()), is(vehicle));
    }
  }
}
