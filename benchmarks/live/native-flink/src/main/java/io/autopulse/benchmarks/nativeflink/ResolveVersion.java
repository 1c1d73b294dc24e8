package io.autopulse.benchmarks.nativeflink;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps the latest version of a sale, and says what changes in every cell that it touches. */
final class ResolveVersion extends KeyedProcessFunction<String, Sale, CellChange> {
  private static final long serialVersionUID = 1L;
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private transient ValueState<Sale> latest;
  private transient MapState<Long, Boolean> seen;

  @Override
  public void open(OpenContext context) {
    latest = getRuntimeContext().getState(new ValueStateDescriptor<>("latest", Sale.class));
    seen = getRuntimeContext().getMapState(new MapStateDescriptor<>("seen", Types.LONG, Types.BOOLEAN));
  }

  @Override
  public void processElement(Sale sale, Context context, Collector<CellChange> out) throws Exception {
    long id = sale.updatedAt * 31 + sale.sequence;
    if (seen.contains(id)) {
      return;
    }
    seen.put(id, true);
    Sale known = latest.value();
    if (known == null || known.updatedAt < sale.updatedAt
        || known.updatedAt == sale.updatedAt && known.sequence < sale.sequence) {
      if (known != null) {
        change(known, -1, 1, out);
      }
      change(sale, 1, 1, out);
      latest.update(sale);
    } else {
      change(sale, 0, 2, out);
    }
  }

  private static void change(Sale sale, int sign, int revision, Collector<CellChange> out) {
    CellChange change = new CellChange();
    change.sold = sale.status == 'S' ? sign : 0;
    change.cancelled = sale.status == 'C' ? sign : 0;
    change.returned = sale.status == 'R' ? sign : 0;
    change.revenue = change.sold * sale.netCents;
    if (sale.listCents > 0) {
      change.net = change.sold * sale.netCents;
      change.list = change.sold * sale.listCents;
    }
    change.revision = revision;
    ZonedDateTime at =
        Instant.ofEpochSecond(Math.floorDiv(sale.soldAt, 1_000_000L)).atZone(ZONE);
    LocalDate day = at.toLocalDate();
    String[] windows = {
      "hour|" + day + "T" + at.getHour(),
      "day|" + day,
      "week|" + day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
      "month|" + day.withDayOfMonth(1)
    };
    String model = sale.make + " " + sale.model;
    String[] members = {
      "total|ALL",
      "make|" + sale.make,
      "model|" + model,
      "segment|" + sale.segment,
      "powertrain|" + sale.powertrain,
      "region|" + sale.region,
      "dealer|" + sale.dealer,
      "region x powertrain|" + sale.region + " x " + sale.powertrain,
      "region x model|" + sale.region + " x " + model
    };
    for (String window : windows) {
      for (String member : members) {
        change.cell = window + "|" + member;
        out.collect(change);
      }
    }
  }
}
