package io.autopulse.web.export;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.autopulse.report.dashboard.DataHealth;
import io.autopulse.web.page.Card;
import io.autopulse.web.page.Column;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.Section;
import io.autopulse.web.page.Table;
import io.autopulse.web.page.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a morning mail says: the figures of a period, what made the larger change of its units, and
 * what is wrong with the data.
 *
 * @param words of its language
 * @param title of what, and of when
 * @param notes sentences that stand before the figures
 * @param tables the figures, then the reasons
 * @param findings what is wrong with the data, or that nothing is
 * @param foot the run that it comes from
 */
public record Digest(
    Words words,
    String title,
    List<String> notes,
    List<Section> tables,
    List<String> findings,
    String foot) {
  private static final String REASONS = "drivers_";

  /** Copies the lists. */
  public Digest {
    notes = List.copyOf(notes);
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }

  /**
   * Makes the digest.
   *
   * @param before the overview, against the period before
   * @param year the same, against the year before
   * @param health of the same run
   */
  public static Digest of(Page before, Page year, DataHealth health) {
    Words words = before.frame().words();
    List<Section> tables = new ArrayList<>();
    if (!before.cards().isEmpty()) {
      tables.add(figures(words, before.cards()));
      Page reasons = isLarger(year, before) ? year : before;
      reasons.sections().stream()
          .filter(section -> section.id().startsWith(REASONS))
          .forEach(tables::add);
    }
    List<String> notes = new ArrayList<>();
    for (String note : List.of(before.frame().stale(), before.frame().scope(), before.lead())) {
      if (!note.isEmpty()) {
        notes.add(note);
      }
    }
    return new Digest(
        words,
        words.say("digest.title", new PageFile.Part("", before).about()),
        notes,
        tables,
        findings(words, health, before.frame().scope().isEmpty()),
        words.say("frame.run") + " " + before.frame().runId() + ". " + before.frame().published());
  }

  private static boolean isLarger(Page one, Page other) {
    return change(one, "year") > change(other, "before");
  }

  /** Returns how much the units changed, as a fraction; 0 if that is not known. */
  private static double change(Page page, String base) {
    return page.cards().stream()
        .filter(card -> card.key().equals("units_sold"))
        .flatMap(card -> card.deltas().stream())
        .filter(delta -> delta.base().equals(base) && delta.raw() != null)
        .mapToDouble(delta -> Math.abs(Optional.ofNullable(delta.raw()).orElse(0.0)))
        .findFirst()
        .orElse(0);
  }

  private static Section figures(Words words, List<Card> cards) {
    List<Table.Row> rows = new ArrayList<>();
    for (Card card : cards) {
      rows.add(
          Table.Row.of(
              card.title(),
              card.value(),
              change(card, List.of("before", "month_before")),
              change(card, List.of("year")),
              change(card, List.of("target", "elapsed"))));
    }
    Table table =
        Table.of(
            "figures",
            List.of(
                new Column("figure", Column.Kind.TEXT),
                new Column("value", Column.Kind.NUMBER),
                new Column("against_before", Column.Kind.NUMBER),
                new Column("against_year", Column.Kind.NUMBER),
                new Column("against_target", Column.Kind.NUMBER)),
            rows);
    return new Section(words.say("overview.figures"), "", "", table, "");
  }

  private static @Nullable String change(Card card, List<String> bases) {
    return card.deltas().stream()
        .filter(delta -> bases.contains(delta.base()))
        .map(Card.Delta::change)
        .findFirst()
        .orElse(null);
  }

  private static List<String> findings(Words words, DataHealth health, boolean whole) {
    List<String> findings = new ArrayList<>();
    for (DataHealth.Job job : health.jobs()) {
      if (!job.isGood()) {
        findings.add(
            words.say("digest.job", job.job(), words.name("run.", job.status()))
                + said(job.message()));
      }
    }
    for (DataHealth.Audit audit : health.audits()) {
      if (!audit.passed()) {
        findings.add(words.say("digest.audit", audit.audit(), audit.job()) + said(audit.detail()));
      }
    }
    for (DataHealth.Rejected code : health.rejected()) {
      findings.add(
          words.say("digest.rejected", code.records(), code.feed(), code.job(), code.code())
              + said(code.message()));
    }
    // What was rejected is shown to those only who see the whole business.
    return findings.isEmpty()
        ? List.of(words.say(whole ? "digest.good" : "health.good"))
        : findings;
  }

  private static String said(@Nullable String text) {
    String line = text == null ? "" : text.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ": " + line;
  }

  /** Returns it as HTML that mail readers show: tables, no styles, scripts and pictures. */
  public String html() {
    StringOutput html = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("digest.jte", this, html);
    return html.toString();
  }

  /** Returns it as Markdown, with the tables of GitHub. */
  public String markdown() {
    return new DigestMarkdown(this).text();
  }
}
