package io.autopulse.domain.feed.parse;

import static io.autopulse.domain.problem.RejectCode.DATE_OUT_OF_RANGE;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.FieldBinding;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.block.SaleLayout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that make a raw record of the vehicles or dealers feed a {@link ReferenceRecord}. The
 * key and the other names are member names; a dealer's own name keeps its case. One parser belongs
 * to one header and one thread.
 */
public final class ReferenceParser {
  private final Feed feed;
  private final FieldBinding binding;
  private final TimeParser[] times;
  private final BusinessClock clock;
  private final NumberParser money;

  /**
   * Makes a parser of records with a header.
   *
   * @throws InputException if the header lacks a column that is needed
   */
  public ReferenceParser(FeedFormat format, List<String> header, String place) {
    feed = format.feed();
    binding = new FieldBinding(format, header, place);
    times =
        feed.fields().stream()
            .map(field -> format.timeParser(field.name()))
            .toArray(TimeParser[]::new);
    clock = new BusinessClock(format.valueZone());
    money = new NumberParser(format.decimal(), format.grouping(), format.currency());
  }

  /** Reads a record. */
  public Parsed<ReferenceRecord> parse(RawFields record) {
    if (record.count() != binding.width()) {
      return new Parsed.Rejected<>(Rejection.fieldCount(record.count(), binding.width()));
    }
    List<String> values = new ArrayList<>();
    long updated = 0;
    long amount = SaleLayout.NO_PRICE;
    for (int i = 0; i < feed.fields().size(); i++) {
      Feed.Field field = feed.fields().get(i);
      boolean present = binding.select(record, i);
      if (!present && field.required()) {
        return new Parsed.Rejected<>(binding.missing(i));
      }
      boolean isDate = field.kind() == Feed.Kind.TIME && !field.name().equals("updated_at");
      if (!present) {
        if (isDate || field.kind() == Feed.Kind.TEXT) {
          values.add("");
        }
        continue;
      }
      RejectCode broken = null;
      switch (field.kind()) {
        case TIME -> {
          long time = times[i].parse(binding.text(), binding.from(), binding.to());
          broken = time == TimeParser.NOT_A_TIME ? RejectCode.BAD_DATE : null;
          if (!isDate) {
            updated = time;
          } else if (broken == null) {
            String date = LocalDate.ofEpochDay(clock.dateOf(time)).toString();
            broken = isEarlierThanItsLaunch(field, date, values) ? DATE_OUT_OF_RANGE : null;
            values.add(date);
          }
        }
        case MONEY -> {
          amount = binding.number(money, 2);
          broken = SaleParser.brokenListPrice(amount);
        }
        case TEXT, INTEGER, DECIMAL -> {
          broken = MemberText.brokenName(binding.value());
          if (broken == null && binding.isId(i) && MemberText.isBrokenId(binding.value())) {
            broken = RejectCode.BAD_ID;
          }
        }
      }
      if (broken != null) {
        return new Parsed.Rejected<>(binding.reject(broken, i));
      }
      if (field.kind() == Feed.Kind.TEXT) {
        String value = binding.value();
        values.add(
            field.name().equals("dealer_name") ? MemberName.clean(value) : MemberName.of(value));
      }
    }
    return new Parsed.Accepted<>(new ReferenceRecord(values.get(0), updated, values, amount));
  }

  // ISO dates of four-digit years sort as texts do; the launch is the field before.
  private static boolean isEarlierThanItsLaunch(
      Feed.Field field, String date, List<String> values) {
    return field.name().equals("discontinued_on")
        && date.compareTo(values.get(values.size() - 1)) < 0;
  }
}
