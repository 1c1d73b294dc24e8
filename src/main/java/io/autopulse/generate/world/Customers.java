package io.autopulse.generate.world;

import java.util.SplittableRandom;

/** Invented customers: the personal data that a landing zone holds and that no warehouse may. */
public final class Customers {
  /** What every phone number begins with: the block of French numbers that is kept for fiction. */
  static final String PHONE_PREFIX = "+33 6 39 98 ";

  private static final String[] FIRST = {
    "Camille",
    "Louis",
    "Inès",
    "Jules",
    "Zoé",
    "Hugo",
    "Maëlle",
    "Noé",
    "Chloé",
    "Adam",
    "Léa",
    "Gabriel",
    "Sofia",
    "Raphaël",
    "Anaïs",
    "Yanis",
    "Élise",
    "Omar",
    "Nina",
    "Théo",
    "Amina",
    "Lucas",
    "Héloïse",
    "Karim",
    "Alix",
    "Bastien",
    "Ludivine",
    "Mehdi",
    "Solène",
    "Victor"
  };
  private static final String[] LAST = {
    "Vautrin", "Delmas", "Kerbrat", "Rousselin", "Benhaddou", "Castaing", "Lefeuvre", "Moreau",
    "Pouget", "Quéré", "Sauvestre", "Tavernier", "Urbain", "Vidalenc", "Wattiez", "Ziani",
    "Allard", "Bertholet", "Chevance", "Dumoulin", "Estève", "Fontanel", "Garrigue", "Huguenin",
    "Imbert", "Jourdain", "Lacoste", "Maçon", "Nicolaï", "Ollivier", "Peyret", "Renouard"
  };
  private static final String[] NAMES = new String[FIRST.length * LAST.length];
  private static final String[] PHONES = new String[10_000];

  static {
    for (int i = 0; i < NAMES.length; i++) {
      NAMES[i] = FIRST[i % FIRST.length] + " " + LAST[i / FIRST.length];
    }
    for (int i = 0; i < PHONES.length; i++) {
      PHONES[i] = String.format("%s%02d %02d", PHONE_PREFIX, i / 100, i % 100);
    }
  }

  private Customers() {}

  /** Returns an invented last name. */
  public static String lastName(SplittableRandom random) {
    return LAST[random.nextInt(LAST.length)];
  }

  /** Returns an invented full name. */
  public static String name(SplittableRandom random) {
    return NAMES[random.nextInt(NAMES.length)];
  }

  /** Returns an invented telephone number. */
  public static String phone(SplittableRandom random) {
    return PHONES[random.nextInt(PHONES.length)];
  }
}
