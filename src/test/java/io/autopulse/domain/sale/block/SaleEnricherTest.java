package io.autopulse.domain.sale.block;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.Dealer;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.Vehicle;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleEnricherTest {
  private static final SaleEnricher ENRICHER =
      new SaleEnricher(
          List.of(
              new Vehicle("M1", "RENAULT", "CLIO", "B", "ICE", 22_000_00),
              new Vehicle("M2", "KIA", "EV3", "", "", SaleLayout.NO_PRICE)),
          List.of(new Dealer("D1", "Garage du Nord", "NORTH"), new Dealer("D2", "", "")));

  private static Version enriched(Version version) {
    return Version.read(ENRICHER.enrich(Version.block(version))).get(0);
  }

  @Test
  void ownAttributesWin() {
    Version own =
        Version.of("1")
            .vehicle("M1", "DACIA", "SPRING", "A", "BEV")
            .outlet("D1", "SOUTH")
            .prices(10, 15);
    assertThat(enriched(own), is(own));
  }

  @Test
  void referenceFillsWhatTheSaleLacks() {
    assertThat(
        enriched(Version.of("1").vehicle("M1", "", "", "", "").outlet("D1", "")),
        is(
            Version.of("1")
                .vehicle("M1", "RENAULT", "CLIO", "B", "ICE")
                .outlet("D1", "NORTH")
                .prices(20_000_00, 22_000_00)));
    assertThat(
        enriched(Version.of("1").vehicle("M1", "", "ZOE", "", "BEV").prices(1, 2)),
        is(Version.of("1").vehicle("M1", "RENAULT", "ZOE", "B", "BEV").prices(1, 2)));
  }

  @Test
  void whatNeitherGivesIsUnknown() {
    assertThat(
        enriched(Version.of("1").vehicle("M2", "", "", "", "").outlet("D2", "")),
        is(
            Version.of("1")
                .vehicle("M2", "KIA", "EV3", "UNKNOWN", "UNKNOWN")
                .outlet("D2", "UNKNOWN")));
    assertThat(
        enriched(Version.of("1").vehicle("M9", "", "", "", "").outlet("D9", "")),
        is(
            Version.of("1")
                .vehicle("M9", "UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN")
                .outlet("D9", "UNKNOWN")));
  }

  @Test
  void saleWithoutKeysStays() {
    assertThat(
        enriched(Version.of("1").vehicle("", "", "CLIO", "", "").outlet("", "WEST")),
        is(
            Version.of("1")
                .vehicle("", "UNKNOWN", "CLIO", "UNKNOWN", "UNKNOWN")
                .outlet("UNKNOWN", "WEST")));
  }

  @Test
  void listPriceOfZeroIsTheSalesOwn() {
    Version gift = Version.of("1").prices(10, 0);
    assertThat(enriched(gift), is(gift));
  }

  @Test
  void provenanceFateAndOrderStay() {
    Version one = Version.of("1").provenance("online", "erp").fate(Fate.SUPERSEDED).prices(1, 2);
    Version two = Version.of("2").status(SaleStatus.CANCELLED).fate(Fate.CURRENT).prices(1, 2);
    assertThat(Version.read(ENRICHER.enrich(Version.block(one, two))), is(List.of(one, two)));
  }
}
