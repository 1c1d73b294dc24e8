package io.autopulse.domain.feed;

import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.WhiteSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names under which a feed's fields are looked for, each once, those that the manifest gives
 * before the fields' own. A header, column or key is such a name if it is equal but for blanks
 * around it; or else, if it is equal by the rule of {@link MemberName}, which knows no case.
 */
public final class ColumnNames {
  /** What is under none of the names. */
  public static final Found NONE = new Found(-1, false);

  private final List<String> names;
  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> anyCase = new HashMap<>();

  /**
   * Which name a header is.
   *
   * @param name its position among the names, or -1
   * @param exact whether it is equal in case too
   */
  public record Found(int name, boolean exact) {}

  /** Makes the names from texts, those that win first. */
  public ColumnNames(List<String> texts) {
    Set<String> distinct = new LinkedHashSet<>();
    texts.forEach(text -> distinct.add(WhiteSpace.strip(text)));
    names = List.copyOf(distinct);
    for (int i = 0; i < names.size(); i++) {
      exact.put(names.get(i), i);
      anyCase.putIfAbsent(MemberName.of(names.get(i)), i);
    }
  }

  /** Returns the names of a feed's fields, then those of other columns that rows are skipped by. */
  public static ColumnNames of(FeedFormat format) {
    ColumnNames fields = ofFields(format);
    if (format.skipRows().isEmpty()) {
      return fields;
    }
    List<String> texts = new ArrayList<>(fields.names());
    for (RowCondition condition : format.skipRows()) {
      if (fields.find(condition.column()).equals(NONE)) {
        texts.add(condition.column());
      }
    }
    return new ColumnNames(texts);
  }

  /**
   * Returns the columns, from 0, that have a name: those that are equal but for blanks around them,
   * or else those that are by the rule of {@link MemberName}.
   */
  public static List<Integer> positions(List<String> header, String name) {
    ColumnNames one = new ColumnNames(List.of(name));
    List<Integer> exact = new ArrayList<>();
    List<Integer> anyCase = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      Found found = one.find(header.get(i));
      if (found.exact()) {
        exact.add(i);
      } else if (!found.equals(NONE)) {
        anyCase.add(i);
      }
    }
    return exact.isEmpty() ? anyCase : exact;
  }

  /** Returns the names of a feed's fields. */
  static ColumnNames ofFields(FeedFormat format) {
    List<String> texts = new ArrayList<>();
    for (Feed.Field field : format.feed().fields()) {
      if (format.columns().containsKey(field.name())) {
        texts.addAll(format.headersOf(field));
      }
    }
    format.feed().fields().forEach(field -> texts.addAll(format.headersOf(field)));
    return new ColumnNames(texts);
  }

  /** Returns the names. */
  public List<String> names() {
    return names;
  }

  /** Returns which name a header, column or key is. */
  public Found find(String header) {
    String stripped = WhiteSpace.strip(header);
    Integer name = exact.get(stripped);
    if (name != null) {
      return new Found(name, true);
    }
    name = anyCase.get(MemberName.of(stripped));
    return name == null ? NONE : new Found(name, false);
  }

  /**
   * Returns what is left of a name without its case, blanks, underscores, hyphens and other marks:
   * {@code Sale-ID} and {@code sale_id} are alike. Of a name of marks alone, the name.
   */
  static String likeness(String name) {
    String member = MemberName.of(WhiteSpace.strip(name));
    StringBuilder letters = new StringBuilder(member.length());
    member.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    return letters.isEmpty() ? member : letters.toString();
  }
}
