package io.autopulse.domain.feed;

import io.autopulse.domain.sale.WhiteSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts that a feed writes for an absent value. They are compared without regard to case. A
 * date, written as {@code 1900-01-01}, is for TIME fields: it is absent there in every usual way to
 * write it, at any time of day.
 */
public final class NullTexts {
  /**
   * What exports usually write. {@code NA} is not among them: it is North America or Namibia too.
   */
  public static final List<String> USUAL =
      List.of(
          "NULL",
          "(null)",
          "<null>",
          "\\N",
          "None",
          "NaN",
          "NaT",
          "N/A",
          "#N/A",
          "#NV",
          "-",
          "--",
          "\u2013",
          "\u2014",
          "0000-00-00",
          "0001-01-01",
          "1900-01-01",
          "9999-12-31");

  private static final String DATE = "\\d{4}-\\d\\d-\\d\\d";

  private final char[][] texts;
  private final int[] dates;
  // By the first character, if it is of ASCII: most values are told apart by it.
  private final boolean[] begins = new boolean[128];
  private final boolean beginsOtherwise;

  /** Makes the rule of a feed's list. */
  NullTexts(List<String> nulls) {
    List<char[]> words = new ArrayList<>();
    List<Integer> days = new ArrayList<>();
    boolean otherwise = false;
    for (String text : nulls) {
      String stripped = WhiteSpace.strip(text);
      if (stripped.matches(DATE)) {
        days.add(Integer.parseInt(stripped.replace("-", "")));
      } else if (!stripped.isEmpty()) {
        char[] folded = stripped.toCharArray();
        for (int i = 0; i < folded.length; i++) {
          folded[i] = fold(folded[i]);
        }
        words.add(folded);
        if (folded[0] < begins.length) {
          begins[folded[0]] = true;
        } else {
          otherwise = true;
        }
      }
    }
    texts = words.toArray(new char[0][]);
    dates = days.stream().mapToInt(Integer::intValue).toArray();
    beginsOtherwise = otherwise;
  }

  /** Tells whether a value, without blanks around it, stands for none. */
  boolean holds(char[] text, int from, int to, boolean isTime) {
    if (from == to) {
      return true;
    }
    char first = fold(text[from]);
    if (first < begins.length ? begins[first] : beginsOtherwise) {
      for (char[] absent : texts) {
        if (equal(absent, text, from, to)) {
          return true;
        }
      }
    }
    return isTime && dates.length > 0 && isDate(text, from, to);
  }

  private static boolean equal(char[] absent, char[] text, int from, int to) {
    if (absent.length != to - from) {
      return false;
    }
    for (int i = 0; i < absent.length; i++) {
      if (absent[i] != fold(text[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static char fold(char c) {
    return c < 128
        ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c)
        : Character.toLowerCase(Character.toUpperCase(c));
  }

  /** Tells whether a text begins with one of the dates, whatever their order and separators. */
  private boolean isDate(char[] text, int from, int to) {
    int firstEnd = digits(text, from, to);
    // Without separators: yyyyMMdd, with or without HHmmss; numbers of other lengths are moments.
    if (firstEnd - from == 8 || firstEnd - from == 14) {
      int number = number(text, from, from + 8);
      return isOne(number / 10_000, number / 100 % 100, number % 100)
          || isOne(number % 10_000, number / 10_000 % 100, number / 1_000_000)
          || isOne(number % 10_000, number / 1_000_000, number / 10_000 % 100);
    }
    int second = firstEnd + 1;
    int secondEnd = digits(text, second, to);
    int third = secondEnd + 1;
    int thirdEnd = digits(text, third, to);
    if (firstEnd == from || secondEnd <= second || thirdEnd <= third) {
      return false;
    }
    int a = number(text, from, firstEnd);
    int b = number(text, second, secondEnd);
    int c = number(text, third, thirdEnd);
    // A year has four digits: 01/01/01 is not the year 1.
    return (firstEnd - from == 4 && isOne(a, b, c))
        || (thirdEnd - third == 4 && (isOne(c, b, a) || isOne(c, a, b)));
  }

  private static int digits(char[] text, int from, int to) {
    int end = Math.min(from, to);
    while (end < to && text[end] >= '0' && text[end] <= '9') {
      end++;
    }
    return end;
  }

  private static int number(char[] text, int from, int to) {
    int number = 0;
    for (int i = from; i < to && i < from + 8; i++) {
      number = number * 10 + text[i] - '0';
    }
    return number;
  }

  private boolean isOne(int year, int month, int day) {
    if (month > 99 || day > 99) {
      return false;
    }
    int date = year * 10_000 + month * 100 + day;
    for (int absent : dates) {
      if (date == absent) {
        return true;
      }
    }
    return false;
  }
}
