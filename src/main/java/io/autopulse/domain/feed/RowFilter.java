package io.autopulse.domain.feed;

import io.autopulse.domain.feed.RowCondition.Test;
import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.WhiteSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which records of one header a feed skips: those that one of its conditions holds for.
 * Values are compared as they came, by the rule of {@link MemberName}, so without regard to case
 * and blanks around them; defaults do not count. Not safe for use by several threads.
 *
 * <p>A record with fewer fields than its header is skipped by a value that it has, as the total at
 * the end of an export, and not for one that it lacks. One with more fields is never skipped: its
 * values may stand in other columns than theirs.
 */
public final class RowFilter {
  private final List<Bound> conditions = new ArrayList<>();
  private final int width;

  /**
   * Binds a feed's conditions to a header.
   *
   * @param columns the columns of the records' fields
   * @throws IllegalArgumentException if a condition's column is not among them
   */
  public RowFilter(FeedFormat format, List<String> columns) {
    width = columns.size();
    NullTexts nulls = new NullTexts(format.nulls());
    for (RowCondition condition : format.skipRows()) {
      List<Integer> found = ColumnNames.positions(columns, condition.column());
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no column " + condition.column() + " to skip rows by");
      }
      conditions.add(new Bound(found.get(0), condition, isTime(format, condition.column()), nulls));
    }
  }

  private static boolean isTime(FeedFormat format, String column) {
    String name = MemberName.of(column);
    return format.feed().fields().stream()
        .filter(field -> field.kind() == Feed.Kind.TIME)
        .flatMap(field -> format.headersOf(field).stream())
        .anyMatch(header -> MemberName.of(header).equals(name));
  }

  /** Tells whether a record is skipped. */
  public boolean skips(RawFields record) {
    if (record.count() > width) {
      return false;
    }
    for (Bound condition : conditions) {
      if (condition.holds(record, record.count() == width)) {
        return true;
      }
    }
    return false;
  }

  /** A condition of a header. */
  private static final class Bound {
    private final int column;
    private final Test test;
    private final boolean isTime;
    private final NullTexts nulls;
    private final Set<String> texts = new HashSet<>();
    private final List<String[]> forms = new ArrayList<>();

    Bound(int column, RowCondition condition, boolean isTime, NullTexts nulls) {
      this.column = column;
      this.isTime = isTime;
      this.nulls = nulls;
      test = condition.test();
      for (String text : condition.texts()) {
        String name = MemberName.of(text);
        if (test == Test.LIKE) {
          forms.add(name.split("[*%]+", -1));
        } else {
          texts.add(name);
        }
      }
    }

    boolean holds(RawFields record, boolean whole) {
      if (column >= record.count()) {
        return false;
      }
      return switch (test) {
        case IS -> texts.contains(MemberName.of(record.get(column)));
        case LIKE -> isLike(MemberName.of(record.get(column)));
        case PRESENT -> !isAbsent(record);
        case IS_NOT -> whole && !texts.contains(MemberName.of(record.get(column)));
        case ABSENT -> whole && isAbsent(record);
      };
    }

    private boolean isAbsent(RawFields record) {
      char[] text = record.text();
      int from = WhiteSpace.start(text, record.start(column), record.end(column));
      return nulls.holds(text, from, WhiteSpace.end(text, from, record.end(column)), isTime);
    }

    private boolean isLike(String value) {
      for (String[] parts : forms) {
        if (isOfForm(value, parts)) {
          return true;
        }
      }
      return false;
    }

    // The parts between the wildcards in their order, the first and the last at the ends.
    private static boolean isOfForm(String value, String[] parts) {
      String last = parts[parts.length - 1];
      if (!value.startsWith(parts[0]) || !value.endsWith(last)) {
        return false;
      }
      int at = parts[0].length();
      for (int i = 1; i < parts.length - 1; i++) {
        at = value.indexOf(parts[i], at);
        if (at < 0) {
          return false;
        }
        at += parts[i].length();
      }
      return at <= value.length() - last.length();
    }
  }
}
