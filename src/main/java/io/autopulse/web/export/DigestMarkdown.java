package io.autopulse.web.export;

import io.autopulse.web.page.Column;
import io.autopulse.web.page.Section;
import io.autopulse.web.page.Table;
import io.autopulse.web.page.Words;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a digest as Markdown. Names are text: what means something in Markdown is escaped. */
final class DigestMarkdown {
  private static final Pattern MARKS =
      // A low line within a word means nothing.
      Pattern.compile("[\\\\`*\\[\\]<>|#&~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

  private final Digest digest;
  private final Words words;
  private final StringBuilder text = new StringBuilder();

  DigestMarkdown(Digest digest) {
    this.digest = digest;
    words = digest.words();
  }

  String text() {
    text.append("# ").append(escaped(digest.title())).append("\n\n");
    digest.notes().forEach(note -> text.append(escaped(note)).append("\n\n"));
    digest.tables().forEach(this::section);
    text.append("## ").append(escaped(words.say("page.health"))).append("\n\n");
    digest.findings().forEach(finding -> text.append("- ").append(escaped(finding)).append('\n'));
    text.append('\n').append(escaped(digest.foot())).append('\n');
    return text.toString();
  }

  private void section(Section section) {
    Table table = section.table();
    text.append("## ").append(escaped(section.title())).append("\n\n");
    if (!section.note().isEmpty()) {
      text.append(escaped(section.note())).append("\n\n");
    }
    line(table.columns().stream().map(words::heading).toList());
    text.append(
            table.columns().stream()
                .map(column -> column.isNumber() ? " ---: " : " --- ")
                .collect(Collectors.joining("|", "|", "|")))
        .append('\n');
    table.rows().forEach(row -> row(table.columns(), row));
    table.totals().ifPresent(row -> row(table.columns(), row));
    text.append('\n');
  }

  private void row(List<Column> columns, Table.Row row) {
    line(
        IntStream.range(0, columns.size())
            .mapToObj(i -> words.write(columns.get(i).kind(), row.values().get(i)))
            .toList());
  }

  private void line(List<String> cells) {
    text.append(
            cells.stream()
                .map(DigestMarkdown::escaped)
                .collect(Collectors.joining(" | ", "| ", " |")))
        .append('\n');
  }

  private static String escaped(String text) {
    return MARKS.matcher(text).replaceAll("\\\\$0");
  }
}
