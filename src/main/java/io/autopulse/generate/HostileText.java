package io.autopulse.generate;

import io.autopulse.generate.world.SaleVersion;
import java.util.SplittableRandom;

/**
 * Valid text that breaks what handles text carelessly: quotes, commas, line breaks, SQL, formulas,
 * emoji.
 */
final class HostileText {
  private static final String[] CHANNELS = {
    "'); DROP TABLE sales;--",
    "=1+1",
    "\\N",
    "fleet, long-term",
    "the \"big\" deal",
    "\uD83D\uDE97 showroom \uD83C\uDDEB\uD83C\uDDF7",
    "NULL",
    "${jndi:ldap://127.0.0.1/a}",
    "<script>alert(1)</script>",
    "\u202Eenilno",
  };
  private static final String[] NAMES = {
    "O'Brien, \"Bob\"",
    "Camille\nVautrin",
    "\"",
    "Robert'); DROP TABLE sales;--",
    ",,,\n,,,",
    "\uD83D\uDE00",
  };

  private final double rate;

  HostileText(double rate) {
    this.rate = rate;
  }

  /** Returns the version, at the rate with hostile text in its channel and its customer's name. */
  SaleVersion maybe(SaleVersion v, SplittableRandom random) {
    if (rate == 0 || random.nextDouble() >= rate) {
      return v;
    }
    return v.withTexts(
        CHANNELS[random.nextInt(CHANNELS.length)], NAMES[random.nextInt(NAMES.length)]);
  }
}
