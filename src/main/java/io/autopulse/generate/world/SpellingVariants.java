package io.autopulse.generate.world;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** The ways in which people and programs write one name. All are the same member. */
final class SpellingVariants {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final List<String> spellings;

  private SpellingVariants(List<String> spellings) {
    this.spellings = spellings;
  }

  /**
   * Returns the name as it is, in other cases, with trailing, repeated and no-break spaces, with
   * its accents as combining characters, and as the mojibake of UTF-8 that a program took for
   * windows-1252.
   */
  static SpellingVariants of(String name) {
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(name);
    spellings.add(name.toUpperCase(Locale.ROOT));
    spellings.add(name.toUpperCase(Locale.ROOT) + " ");
    spellings.add(name.toLowerCase(Locale.ROOT));
    spellings.add("  " + name + " ");
    spellings.add(name.replace(" ", "  "));
    spellings.add(name.replace(" ", "\u00a0"));
    spellings.add(Normalizer.normalize(name, Normalizer.Form.NFD));
    spellings.add(new String(name.getBytes(StandardCharsets.UTF_8), WINDOWS_1252));
    return new SpellingVariants(List.copyOf(spellings));
  }

  /** Returns the reference's spelling two times out of three, else any of the others. */
  String draw(SplittableRandom random) {
    return random.nextInt(3) > 0
        ? spellings.get(0)
        : spellings.get(random.nextInt(spellings.size()));
  }

  List<String> all() {
    return spellings;
  }
}
