package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.forecast.regress.Ablation;
import io.autopulse.domain.forecast.regress.KnownRegressors;
import io.autopulse.domain.forecast.regress.Regression;
import io.autopulse.domain.forecast.regress.WhatIf;
import io.autopulse.pipeline.forecast.KnownMembers;
import io.autopulse.pipeline.forecast.KnownMembers.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What regressors are worth, and the answer to a what-if question, for a terminal. */
public final class WhatIfText {
  private WhatIfText() {}

  /** Returns what each regressor is worth out of sample, by member. */
  public static String ablation(KnownMembers known) {
    TextTable table =
        TextTable.of(
            Column.text("member"),
            Column.text("regressor"),
            Column.number("origins"),
            Column.number("WAPE with"),
            Column.number("without"),
            Column.text(""));
    rows(known).forEach(row -> table.row(row.toArray(String[]::new)));
    return "\nWhat regressors are worth out of sample\n\n" + table.render();
  }

  /**
   * Returns the same as cells: member, regressor, origins, WAPE with and without it, and whether it
   * wins.
   */
  static List<List<String>> rows(KnownMembers known) {
    int horizon = known.job().forecast().horizon();
    List<List<String>> rows = new ArrayList<>();
    for (Member member : known.members()) {
      KnownRegressors regressors = member.known();
      double units = regressors.compared(horizon);
      for (Ablation.Line line : regressors.ablation().lines()) {
        rows.add(
            List.of(
                name(member),
                line.name(),
                Integer.toString(regressors.origins()),
                share(line.with(), units),
                share(line.without(), units),
                verdict(regressors, line)));
      }
      for (String absent : KnownRegressors.NAMES) {
        String why = regressors.absent().get(absent);
        if (why != null) {
          rows.add(List.of(name(member), absent, "", "", "", why));
        }
      }
    }
    return rows;
  }

  private static String verdict(KnownRegressors regressors, Ablation.Line line) {
    if (regressors.keeps(line.name())) {
      return "wins";
    }
    if (Double.isNaN(line.with())) {
      return "cannot be compared";
    }
    return line.kept() ? "together they do not win" : "does not win";
  }

  private static String share(double error, double units) {
    return Double.isNaN(error) || units <= 0
        ? ""
        : String.format(Locale.ROOT, "%.1f %%", 100 * error / units);
  }

  /**
   * Returns the answer to a question.
   *
   * @param known the members
   * @param question what changes
   * @param text the question as it was asked
   */
  public static String answer(KnownMembers known, WhatIf question, String text) {
    TextTable table =
        TextTable.of(
            Column.text("member"),
            Column.number("without"),
            Column.number("with"),
            Column.number("change"),
            Column.number("80 % interval"),
            Column.number("95 % interval"),
            Column.text(""));
    List<Double> units = known.forecast();
    for (int i = 0; i < units.size(); i++) {
      Member member = known.members().get(i);
      Optional<Regression> regression = member.known().regression();
      List<String> notes = new ArrayList<>(withoutEffect(member.known(), question));
      if (regression.isEmpty() || notes.size() == question.changes().size()) {
        table.row(name(member), count(units.get(i)), count(units.get(i)), "", "", "", join(notes));
      } else {
        WhatIf.Effect effect = question.of(regression.get());
        effect
            .extrapolation()
            .forEach(name -> notes.add(name + " outside the range seen: extrapolation"));
        table.row(
            name(member),
            count(units.get(i)),
            count(units.get(i) * (1 + effect.change())),
            change(effect.change()),
            change(effect.lower80()) + " to " + change(effect.upper80()),
            change(effect.lower()) + " to " + change(effect.upper()),
            join(notes));
      }
    }
    return String.format(
            Locale.ROOT,
            "What if %s: units of the %d weeks from %s, as known on %s%n%n",
            text,
            known.job().forecast().horizon(),
            known.job().asOf().firstForecast(),
            known.job().asOf().day())
        + table.render()
        + "\nThe intervals are those of the coefficients: they do not say that a regressor is the"
        + " cause. Members are forecast alone, before\nforecasts are made to add up.\n";
  }

  private static List<String> withoutEffect(KnownRegressors known, WhatIf question) {
    return question.changes().keySet().stream()
        .filter(name -> !known.keeps(name))
        .map(
            name ->
                name
                    + ": no effect, "
                    + known.absent().getOrDefault(name, "it does not win out of sample"))
        .toList();
  }

  private static String join(List<String> notes) {
    return String.join("; ", notes);
  }

  private static String name(Member member) {
    return member.dimension().attributes().isEmpty()
        ? member.dimension().toString()
        : member.dimension() + " " + member.whole().key();
  }

  private static String count(double units) {
    return String.format(Locale.ROOT, "%,.0f", units);
  }

  private static String change(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
  }
}
