package io.autopulse.domain.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How kind a short text is, from -1 to 1, by the rules and the lexicon of VADER 3.3.2 (Hutto and
 * Gilbert, 2014; MIT licence): its compound score, to the fourth decimal. English; a text of words
 * that the lexicon does not know is 0. The rules, oddities included, are those of the original, so
 * that scores can be compared.
 */
public final class Sentiment {
  private static final double BOOST = 0.293;
  private static final double CAPITALS = 0.733;
  private static final double NEGATION = -0.74;
  private static final double EXCLAMATION = 0.292;
  private static final int MOST_EXCLAMATIONS = 4;
  private static final double NORMAL = 15;

  /** By how much words further away count less. */
  private static final double[] DAMPED = {1, 0.95, 0.9};

  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final Map<String, Double> LEXICON = lexicon();
  private static final Map<String, String> EMOJI = table("vader_emoji.txt");

  private static final Set<String> NEGATIONS =
      words(
          "aint arent cannot cant couldnt darent didnt doesnt ain't aren't can't couldn't daren't didn't doesn't "
              + "dont hadnt hasnt havent isnt mightnt mustnt neither don't hadn't hasn't haven't isn't mightn't "
              + "mustn't neednt needn't never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh wasnt "
              + "werent oughtn't shan't shouldn't uh-uh wasn't weren't without wont wouldnt won't wouldn't rarely "
              + "seldom despite");

  private static final Set<String> BOOSTERS =
      words(
          "absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous "
              + "enormously entirely especially exceptional exceptionally extreme extremely fabulously flipping "
              + "flippin frackin fracking fricking frickin frigging friggin fully fuckin fucking fuggin fugging "
              + "greatly hella highly hugely incredible incredibly intensely major majorly more most particularly "
              + "purely quite really remarkably so substantially thoroughly total totally tremendous tremendously "
              + "uber unbelievably unusually utter utterly very");

  private static final Set<String> DAMPENERS =
      words(
          "almost barely hardly just_enough kind_of kinda kindof kind-of less little marginal marginally occasional "
              + "occasionally partly scarce scarcely slight slightly somewhat sort_of sorta sortof sort-of");

  private static final Map<String, Double> PHRASES =
      Map.of(
          "the shit", 3.0,
          "the bomb", 3.0,
          "bad ass", 1.5,
          "badass", 1.5,
          "bus stop", 0.0,
          "yeah right", -2.0,
          "kiss of death", -1.5,
          "to die for", 3.0,
          "beating heart", 3.5);

  private final String text;
  private final List<String> words;
  private final List<String> lower;
  private final boolean someCapitals;

  private Sentiment(String text) {
    this.text = text;
    words = new ArrayList<>();
    for (String token : SPACE.split(text)) {
      if (!token.isEmpty()) {
        words.add(withoutPunctuation(token));
      }
    }
    lower = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    long capitals = words.stream().filter(Sentiment::isUpper).count();
    someCapitals = capitals > 0 && capitals < words.size();
  }

  /** Returns the score of a text, in ten thousandths: from -10,000 to 10,000. */
  public static int of(String text) {
    return new Sentiment(described(text)).score();
  }

  private int score() {
    double[] valences = new double[words.size()];
    for (int i = 0; i < valences.length; i++) {
      valences[i] = isModifier(i) ? 0 : valence(i);
    }
    weighAroundBut(valences);
    double sum = 0;
    for (double valence : valences) {
      sum += valence;
    }
    double emphasis = emphasis();
    sum += sum > 0 ? emphasis : sum < 0 ? -emphasis : 0;
    double compound = sum / Math.sqrt(sum * sum + NORMAL);
    return BigDecimal.valueOf(Math.max(-1, Math.min(1, compound)))
        .movePointRight(4)
        .setScale(0, RoundingMode.HALF_EVEN)
        .intValueExact();
  }

  private boolean isModifier(int i) {
    return booster(lower.get(i)) != 0
        || (i < words.size() - 1 && lower.get(i).equals("kind") && lower.get(i + 1).equals("of"));
  }

  private double valence(int i) {
    Double known = LEXICON.get(lower.get(i));
    if (known == null) {
      return 0;
    }
    double valence = known;
    if (lower.get(i).equals("no")
        && i < words.size() - 1
        && LEXICON.containsKey(lower.get(i + 1))) {
      valence = 0;
    }
    if (isBefore(i, 1, "no")
        || isBefore(i, 2, "no")
        || (isBefore(i, 3, "no") && (isBefore(i, 1, "or") || isBefore(i, 1, "nor")))) {
      valence = known * NEGATION;
    }
    if (someCapitals && isUpper(words.get(i))) {
      valence += valence > 0 ? CAPITALS : -CAPITALS;
    }
    for (int distance = 1; distance <= 3; distance++) {
      if (i >= distance && !LEXICON.containsKey(lower.get(i - distance))) {
        valence += modifier(i - distance, valence) * DAMPED[distance - 1];
        valence = negated(valence, i, distance);
        if (distance == 3) {
          valence = inPhrase(valence, i);
        }
      }
    }
    return afterLeast(valence, i);
  }

  private boolean isBefore(int i, int distance, String word) {
    return i >= distance && lower.get(i - distance).equals(word);
  }

  private double modifier(int at, double valence) {
    double booster = booster(lower.get(at));
    if (booster == 0) {
      return 0;
    }
    double scalar = valence < 0 ? -booster : booster;
    if (someCapitals && isUpper(words.get(at))) {
      scalar += valence > 0 ? CAPITALS : -CAPITALS;
    }
    return scalar;
  }

  private double negated(double valence, int i, int distance) {
    if (distance > 1) {
      // "so" or "this" right before the word is enough at a distance of three: the original's rule.
      boolean emphatic =
          isBefore(i, distance, "never")
                  && (isBefore(i, distance - 1, "so") || isBefore(i, distance - 1, "this"))
              || distance == 3 && (isBefore(i, 1, "so") || isBefore(i, 1, "this"));
      if (emphatic) {
        return valence * 1.25;
      }
      boolean doubtless =
          isBefore(i, distance, "without")
              && (isBefore(i, distance - 1, "doubt") || isBefore(i, 1, "doubt"));
      if (doubtless) {
        return valence;
      }
    }
    String word = lower.get(i - distance);
    return NEGATIONS.contains(word) || word.contains("n't") ? valence * NEGATION : valence;
  }

  private double inPhrase(double before, int i) {
    double valence = before;
    String[] sequences = {
      phrase(i - 1, i),
      phrase(i - 2, i),
      phrase(i - 2, i - 1),
      phrase(i - 3, i - 1),
      phrase(i - 3, i - 2)
    };
    for (String sequence : sequences) {
      Double known = PHRASES.get(sequence);
      if (known != null) {
        valence = known;
        break;
      }
    }
    for (int last = i + 1; last <= i + 2 && last < words.size(); last++) {
      valence = PHRASES.getOrDefault(phrase(i, last), valence);
    }
    for (int sequence : new int[] {3, 4, 2}) {
      valence += booster(sequences[sequence]);
    }
    return valence;
  }

  private String phrase(int first, int last) {
    return String.join(" ", lower.subList(first, last + 1));
  }

  private double afterLeast(double valence, int i) {
    boolean least = isBefore(i, 1, "least") && !LEXICON.containsKey("least");
    boolean kept = i > 1 && (isBefore(i, 2, "at") || isBefore(i, 2, "very"));
    return least && !kept ? valence * NEGATION : valence;
  }

  // What follows "but" counts more than what stands before it. Of equal valences the original
  // changes the first, again and again.
  private void weighAroundBut(double[] valences) {
    int but = lower.indexOf("but");
    if (but < 0) {
      return;
    }
    for (int i = 0; i < valences.length; i++) {
      double valence = valences[i];
      int first = 0;
      while (valences[first] != valence) {
        first++;
      }
      valences[first] = first < but ? valence * 0.5 : first > but ? valence * 1.5 : valence;
    }
  }

  private double emphasis() {
    long exclamations = text.chars().filter(c -> c == '!').count();
    long questions = text.chars().filter(c -> c == '?').count();
    double asked = questions <= 1 ? 0 : questions <= 3 ? questions * 0.18 : 0.96;
    return Math.min(MOST_EXCLAMATIONS, exclamations) * EXCLAMATION + asked;
  }

  private static double booster(String word) {
    return BOOSTERS.contains(word) ? BOOST : DAMPENERS.contains(word) ? -BOOST : 0;
  }

  private static String withoutPunctuation(String token) {
    int from = 0;
    int to = token.length();
    while (from < to && PUNCTUATION.indexOf(token.charAt(from)) >= 0) {
      from++;
    }
    while (from < to && PUNCTUATION.indexOf(token.charAt(to - 1)) >= 0) {
      to--;
    }
    // What is left of an emoticon is too short to be a word.
    return token.codePointCount(from, to) <= 2 ? token : token.substring(from, to);
  }

  private static boolean isUpper(String word) {
    return word.chars().anyMatch(Character::isUpperCase)
        && word.chars().noneMatch(Character::isLowerCase);
  }

  /** Returns the text with each emoji as what it shows. */
  private static String described(String text) {
    StringBuilder described = new StringBuilder(text.length());
    boolean afterSpace = true;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      String character = Character.toString(point);
      String emoji = EMOJI.get(character);
      if (emoji != null && !afterSpace) {
        described.append(' ');
      }
      described.append(emoji == null ? character : emoji);
      afterSpace = emoji == null && point == ' ';
      i += Character.charCount(point);
    }
    return described.toString();
  }

  private static Set<String> words(String text) {
    return Set.of(text.replace('_', '\u0001').split(" ", -1)).stream()
        .map(word -> word.replace('\u0001', ' '))
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private static Map<String, Double> lexicon() {
    Map<String, Double> lexicon = new HashMap<>();
    table("vader_lexicon.txt")
        .forEach((word, valence) -> lexicon.put(word, Double.valueOf(valence)));
    return Map.copyOf(lexicon);
  }

  private static Map<String, String> table(String resource) {
    Map<String, String> table = new HashMap<>();
    try (InputStream in = Sentiment.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        table.put(line.substring(0, tab), line.substring(tab + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(table);
  }
}
