package io.autopulse.web.page;

import io.autopulse.domain.compare.Comparison;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.report.dashboard.MemberSales;
import io.autopulse.report.dashboard.SalesSums;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What made the units change: each member's part, which add up to the whole change. */
final class DriverSection {
  private static final int MOST = 8;

  private DriverSection() {}

  static Section of(PageRequest request, Comparison comparison, Attribute attribute)
      throws SQLException {
    Words words = request.words();
    List<MemberSales> members =
        new ArrayList<>(
            MemberSales.of(
                request.connection(),
                attribute,
                comparison.days(),
                request.base(comparison),
                request.filter()));
    members.sort(
        Comparator.comparingLong((MemberSales m) -> -Math.abs(change(m)))
            .thenComparing(MemberSales::member));
    long all = members.stream().mapToLong(member -> member.now().sold()).sum();
    List<Table.Row> rows = new ArrayList<>();
    long before = 0;
    long shownNow = 0;
    long shownBefore = 0;
    for (MemberSales member : members) {
      before += member.before().sold();
      if (request.whole() || rows.size() < MOST) {
        shownNow += member.now().sold();
        shownBefore += member.before().sold();
        rows.add(
            row(
                    Form.name(request, attribute, member.member()),
                    member.now().sold(),
                    member.before().sold(),
                    all)
                .linked(
                    request.kind().path()
                        + request.state().toggled(attribute, member.member()).query(),
                    request.state().isChosen(attribute, member.member())));
      }
    }
    if (rows.size() < members.size()) {
      rows.add(
          row(
              words.say("driver.others", members.size() - rows.size()),
              all - shownNow,
              before - shownBefore,
              all));
    }
    return new Section(
            words.say("driver.title", words.attribute(attribute)),
            words.say("driver.note." + request.state().against().code()),
            "",
            Table.of(
                    "drivers_" + attribute,
                    List.of(
                        new Column(attribute.toString(), Column.Kind.TEXT),
                        new Column("units_sold", Column.Kind.COUNT),
                        new Column("units_before", Column.Kind.COUNT),
                        new Column("units_change", Column.Kind.DIFFERENCE),
                        new Column("change", Column.Kind.CHANGE),
                        new Column("share", Column.Kind.SHARE)),
                    rows)
                .withTotals(row(words.say("table.total"), all, before, all)),
            request.emptyReason())
        .withClick(words.say("click.filter"));
  }

  private static long change(MemberSales member) {
    return member.now().sold() - member.before().sold();
  }

  private static Table.Row row(String name, long now, long before, long all) {
    return Table.Row.of(
        name,
        now,
        before,
        now - before,
        SalesSums.share(now - before, before),
        SalesSums.share(now, all));
  }
}
