package io.autopulse.generate;

import io.autopulse.domain.problem.RejectCode;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.Customers;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.SalesFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses defects, every kind in its turn, and writes bad records: each has one thing wrong and the
 * rest right.
 */
final class DefectInjector {
  private static final String LONG = "lorem ipsum ".repeat(20);

  private final boolean csv;
  private final List<List<Defect>> kinds;

  DefectInjector(LandingFormat format) {
    csv = format == LandingFormat.CSV;
    kinds = csv ? kindsOfCsv() : kindsOfJson();
  }

  /**
   * Returns the defect of the number: kinds take turns, and so do the ways of being wrong within a
   * kind.
   */
  Defect choose(long number) {
    List<Defect> ways = kinds.get((int) (number % kinds.size()));
    return ways.get((int) (number / kinds.size() % ways.size()));
  }

  /** Writes a record that would be good but for the defect. */
  void write(
      Defect defect,
      SaleVersion like,
      RecordBuffer out,
      long extractedAtMillis,
      RecordEncoder encoder) {
    switch (defect.code()) {
      case MALFORMED_RECORD -> out.text(defect.text()).ascii('\n');
      case WRONG_FIELD_COUNT ->
          SalesFeed.write(like, out, extractedAtMillis, new Resized(encoder, defect.text()));
      case PRICE_NOT_POSITIVE ->
          // Of another status it would be a credit note.
          SalesFeed.write(
              like,
              out,
              extractedAtMillis,
              replaced(replaced(encoder, "status", "SOLD"), defect.field(), defect.text()));
      default ->
          SalesFeed.write(
              like, out, extractedAtMillis, replaced(encoder, defect.field(), defect.text()));
    }
  }

  private static RecordEncoder replaced(RecordEncoder encoder, String field, String text) {
    return new Replaced(encoder, SalesFeed.COLUMNS.indexOf(field), text);
  }

  /**
   * Writes a CSV record whose quote never closes: it swallows what follows, so it can only be a
   * file's last.
   *
   * @param saleId the record's sale
   */
  static Defect writeUnclosedQuote(String saleId, RecordBuffer out, SplittableRandom random) {
    out.text(saleId)
        .text(
            ",2024-03-01T09:30:00.000Z,1,SOLD,2024-03-01T09:00:00Z,M00001,D00001,,,19990.00,EUR,showroom,ERP,\"")
        .text(Customers.name(random))
        .ascii(',')
        .text(Customers.phone(random))
        .ascii('\n');
    return new Defect(RejectCode.MALFORMED_RECORD, "", "");
  }

  private static List<List<Defect>> kindsOfCsv() {
    List<List<Defect>> kinds = kindsOfFields();
    kinds.add(
        List.of(
            new Defect(RejectCode.WRONG_FIELD_COUNT, "", "less"),
            new Defect(RejectCode.WRONG_FIELD_COUNT, "", "more")));
    return List.copyOf(kinds);
  }

  private static List<List<Defect>> kindsOfJson() {
    List<List<Defect>> kinds = kindsOfFields();
    kinds.add(
        List.of(
            new Defect(
                RejectCode.MALFORMED_RECORD,
                "",
                "{\"_airbyte_raw_id\":\"0c9d1f6e-0000-4000-8000-000000000000\",\"_airbyte_data\":{\"sale_id\":\"S"),
            new Defect(RejectCode.MALFORMED_RECORD, "", "sale_id=S0;status=SOLD")));
    return List.copyOf(kinds);
  }

  private static List<List<Defect>> kindsOfFields() {
    List<List<Defect>> kinds = new ArrayList<>();
    kinds.add(
        List.of(
            new Defect(RejectCode.MISSING_FIELD, "sale_id", ""),
            new Defect(RejectCode.MISSING_FIELD, "sold_at", ""),
            new Defect(RejectCode.MISSING_FIELD, "net_price", ""),
            new Defect(RejectCode.MISSING_FIELD, "status", ""),
            new Defect(RejectCode.MISSING_FIELD, "sale_id", "   ")));
    kinds.add(
        ways(RejectCode.TEXT_TOO_LONG, "sale_id", "S" + "0".repeat(64))
            .and("channel", LONG)
            .and("region", LONG)
            .and("source", LONG)
            .list());
    kinds.add(
        ways(RejectCode.CONTROL_CHARACTER, "channel", "show\u0007room")
            .and("channel", "show\nroom")
            .and("region", "Bre\u001btagne")
            .and("source", "E\u0001RP")
            .list());
    kinds.add(
        ways(RejectCode.BAD_DATE, "sold_at", "2024-02-31T10:00:00Z")
            .and("sold_at", "yesterday")
            .and("sold_at", "2024-13-01T10:00:00Z")
            .and("updated_at", "soon")
            .list());
    kinds.add(
        ways(RejectCode.DATE_OUT_OF_RANGE, "sold_at", "1899-12-30T10:00:00Z")
            .and("sold_at", "1970-01-01T00:00:00Z")
            .and("sold_at", "2150-06-15T10:00:00Z")
            .list());
    kinds.add(
        ways(RejectCode.BAD_NUMBER, "net_price", "twenty thousand")
            .and("net_price", "19990.125")
            .and("list_price", "on request")
            .and("net_price", "19,990.00.00")
            .list());
    kinds.add(
        ways(RejectCode.PRICE_NOT_POSITIVE, "net_price", "0.00")
            .and("net_price", "-12500.00")
            .list());
    kinds.add(
        ways(RejectCode.PRICE_OUT_OF_RANGE, "net_price", "100000000.01")
            .and("net_price", "9999999999.00")
            .list());
    kinds.add(
        ways(RejectCode.NEGATIVE_LIST_PRICE, "list_price", "-0.01")
            .and("list_price", "-21000.00")
            .list());
    kinds.add(ways(RejectCode.UNKNOWN_CURRENCY, "currency", "EURO").and("currency", "QQQ").list());
    kinds.add(ways(RejectCode.FOREIGN_CURRENCY, "currency", "USD").and("currency", "GBP").list());
    kinds.add(ways(RejectCode.UNKNOWN_STATUS, "status", "DELIVERED").and("status", "SOLDD").list());
    return kinds;
  }

  private static Ways ways(RejectCode code, String field, String text) {
    return new Ways(code, new ArrayList<>()).and(field, text);
  }

  private record Ways(RejectCode code, List<Defect> defects) {
    Ways and(String field, String text) {
      defects.add(new Defect(code, field, text));
      return this;
    }

    List<Defect> list() {
      return List.copyOf(defects);
    }
  }

  /** Passes a record on with another text in one field. */
  private static final class Replaced extends Wrapped {
    private final int column;
    private final String text;

    Replaced(RecordEncoder to, int column, String text) {
      super(to);
      this.column = column;
      this.text = text;
    }

    @Override
    boolean passes(int position) {
      if (position == column) {
        to.text(text);
        return false;
      }
      return true;
    }
  }

  /** Passes a record on with a field more, or without its last two. */
  private static final class Resized extends Wrapped {
    private final boolean more;

    Resized(RecordEncoder to, String way) {
      super(to);
      this.more = way.equals("more");
    }

    @Override
    boolean passes(int position) {
      return more || position < SalesFeed.COLUMNS.size() - 2;
    }

    @Override
    public void end() {
      if (more) {
        to.text("surplus");
      }
      to.end();
    }
  }

  private abstract static class Wrapped implements RecordEncoder {
    final RecordEncoder to;
    private int position;

    Wrapped(RecordEncoder to) {
      this.to = to;
    }

    /** Tells whether the field of that position is written as it is. */
    abstract boolean passes(int position);

    @Override
    public void begin(RecordBuffer out, long extractedAtMillis) {
      position = 0;
      to.begin(out, extractedAtMillis);
    }

    @Override
    public void text(String value) {
      if (passes(position++)) {
        to.text(value);
      }
    }

    @Override
    public void integer(long value) {
      if (passes(position++)) {
        to.integer(value);
      }
    }

    @Override
    public void money(long cents) {
      if (passes(position++)) {
        to.money(cents);
      }
    }

    @Override
    public void seconds(long epochSecond) {
      if (passes(position++)) {
        to.seconds(epochSecond);
      }
    }

    @Override
    public void millis(long epochMilli) {
      if (passes(position++)) {
        to.millis(epochMilli);
      }
    }

    @Override
    public void end() {
      to.end();
    }
  }
}
