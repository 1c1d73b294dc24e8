package io.autopulse.domain.feed;

import io.autopulse.domain.problem.NearestName;
import io.autopulse.domain.sale.WhiteSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which columns of a header, or keys of records, the fields of a feed are, and what is wrong with
 * it: a column that is needed is not there, one that is used is there twice, or one looks like a
 * field that would be read from nowhere.
 */
public final class HeaderMatch {
  /** What a column of a file is called in messages. */
  public static final String HEADER = "header";

  /** What a value of a JSON record is called in messages. */
  public static final String KEY = "key";

  /** What a column of a table is called in messages. */
  public static final String COLUMN = "column";

  private final FeedFormat format;
  private final List<String> header;
  private final ColumnNames names;
  private final List<ColumnNames.Found> found = new ArrayList<>();
  private final int[] columns;
  private final List<Problem> problems = new ArrayList<>();

  /** What is wrong with a header. */
  public enum Kind {
    /** No column has the name. */
    ABSENT,
    /** Several columns have the name. */
    TWICE,
    /** A column has nearly the name of a field that no column has. */
    ALIKE
  }

  /**
   * One thing that is wrong.
   *
   * @param kind what
   * @param key the key of the manifest's feed that is about it
   * @param field the field; empty for a column that is sensitive, filled down or that rows are
   *     skipped by
   * @param name the name that is looked for
   * @param columns the columns in question, from 0
   */
  public record Problem(
      Kind kind, String key, Optional<Feed.Field> field, String name, List<Integer> columns) {
    /** Copies the list. */
    public Problem {
      columns = List.copyOf(columns);
    }
  }

  /** Matches a header, in which blanks may surround the names. */
  public HeaderMatch(FeedFormat format, List<String> header) {
    this.format = format;
    this.header = header.stream().map(WhiteSpace::strip).toList();
    names = ColumnNames.ofFields(format);
    this.header.forEach(name -> found.add(names.find(name)));
    columns = new int[names.names().size()];
    Arrays.fill(columns, -1);
    for (int i = 0; i < columns.length; i++) {
      List<Integer> candidates = candidates(i);
      if (!candidates.isEmpty()) {
        columns[i] = candidates.get(0);
      }
    }
    for (Feed.Field field : format.feed().fields()) {
      format.headersOf(field).forEach(name -> check(field, WhiteSpace.strip(name)));
    }
    format.sensitive().forEach(this::checkSensitive);
    format.skipRows().stream()
        .map(RowCondition::column)
        .distinct()
        .forEach(name -> checkColumn(name, "skip_rows"));
    format.fillDown().forEach(name -> checkColumn(name, "fill_down"));
  }

  /** Returns the columns of a name: those that are equal, or else those that are but for case. */
  private List<Integer> candidates(int name) {
    List<Integer> exact = columnsThatAre(new ColumnNames.Found(name, true));
    return exact.isEmpty() ? columnsThatAre(new ColumnNames.Found(name, false)) : exact;
  }

  private List<Integer> columnsThatAre(ColumnNames.Found wanted) {
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).equals(wanted)) {
        result.add(i);
      }
    }
    return result;
  }

  private void check(Feed.Field field, String name) {
    boolean mapped = format.columns().containsKey(field.name());
    String key = mapped ? "columns." + field.name() : "columns";
    List<Integer> candidates = candidates(names.find(name).name());
    if (candidates.size() > 1) {
      report(Kind.TWICE, key, field, name, candidates);
    } else if (candidates.isEmpty()) {
      List<Integer> alike = alike(name);
      if (!alike.isEmpty()) {
        report(Kind.ALIKE, key, field, name, alike);
      } else if (mapped || field.required() && !format.defaults().containsKey(field.name())) {
        report(Kind.ABSENT, key, field, name, List.of());
      }
    }
  }

  private void report(Kind kind, String key, Feed.Field field, String name, List<Integer> at) {
    problems.add(new Problem(kind, key, Optional.of(field), name, at));
  }

  /** Returns the columns that no field has, but whose letters are those of the name. */
  private List<Integer> alike(String name) {
    String likeness = ColumnNames.likeness(name);
    List<Integer> alike = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (found.get(i).equals(ColumnNames.NONE)
          && ColumnNames.likeness(header.get(i)).equals(likeness)) {
        alike.add(i);
      }
    }
    return alike;
  }

  private void checkSensitive(String name) {
    List<Integer> same = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equals(WhiteSpace.strip(name))) {
        same.add(i);
      }
    }
    if (same.size() > 1) {
      problems.add(new Problem(Kind.TWICE, "sensitive", Optional.empty(), name, same));
    } else if (!new SensitiveNames(List.of(name)).areAllIn(header)) {
      problems.add(new Problem(Kind.ABSENT, "sensitive", Optional.empty(), name, List.of()));
    }
  }

  private void checkColumn(String name, String key) {
    List<Integer> same = ColumnNames.positions(header, name);
    if (same.size() != 1) {
      Kind kind = same.isEmpty() ? Kind.ABSENT : Kind.TWICE;
      problems.add(new Problem(kind, key, Optional.empty(), WhiteSpace.strip(name), same));
    }
  }

  /** Returns the header without blanks around its names. */
  public List<String> header() {
    return header;
  }

  /**
   * Returns the column of a field, from 0, or the several that make it; -1 for one that is not
   * there.
   */
  public int[] columnsOf(Feed.Field field) {
    return format.headersOf(field).stream()
        .mapToInt(name -> columns[names.find(name).name()])
        .toArray();
  }

  /** Returns what is wrong, field by field, then of the other columns. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Returns what keeps records of this header from being read. A sensitive column that is not there
   * does not: nothing of such a record is shown.
   */
  Optional<Problem> obstacle() {
    return problems.stream()
        .filter(p -> !p.key().equals("sensitive") || p.kind() == Kind.TWICE)
        .findFirst();
  }

  /** Returns what a problem is about, to be read after the file: {@code has no header "Id"}. */
  public String description(Problem problem, String what) {
    return switch (problem.kind()) {
      case ABSENT -> "has no " + what + " \"" + problem.name() + "\"";
      case TWICE ->
          "has the " + what + " \"" + problem.name() + "\" twice: " + places(problem, what);
      case ALIKE ->
          "has no "
              + what
              + " \""
              + problem.name()
              + "\", but one that looks like it: "
              + places(problem, what);
    };
  }

  /** Returns what to do about a problem. */
  public String remedy(Problem problem, String what) {
    return switch (problem.kind()) {
      case ABSENT -> NearestName.hint(problem.name(), header);
      case TWICE -> "Rename or remove one of them in the source";
      case ALIKE ->
          "Did you mean columns: {"
              + problem.field().map(Feed.Field::name).orElse("")
              + ": \""
              + header.get(problem.columns().get(0))
              + "\"}?";
    };
  }

  private String places(Problem problem, String what) {
    List<String> places = new ArrayList<>();
    for (int column : problem.columns()) {
      String name = '"' + header.get(column) + '"';
      // The keys of JSON have no order.
      places.add(what.equals(KEY) ? name : name + " in column " + (column + 1));
    }
    return String.join(" and ", places);
  }
}
