package io.autopulse.benchmarks.nativeflink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Sums a cell, and writes it a second after it changed. */
final class SumCell extends KeyedProcessFunction<String, CellChange, String> {
  private static final long serialVersionUID = 1L;
  private static final long PANE_MILLIS = 1_000;

  private transient ValueState<CellSums> sums;

  @Override
  public void open(OpenContext context) {
    sums = getRuntimeContext().getState(new ValueStateDescriptor<>("sums", CellSums.class));
  }

  @Override
  public void processElement(CellChange change, Context context, Collector<String> out) throws Exception {
    CellSums cell = sums.value();
    if (cell == null) {
      cell = new CellSums();
    }
    cell.sold += change.sold;
    cell.cancelled += change.cancelled;
    cell.returned += change.returned;
    cell.revenue += change.revenue;
    cell.net += change.net;
    cell.list += change.list;
    cell.revision += change.revision;
    if (!cell.waiting) {
      cell.waiting = true;
      long now = context.timerService().currentProcessingTime();
      context.timerService().registerProcessingTimeTimer((now / PANE_MILLIS + 1) * PANE_MILLIS);
    }
    sums.update(cell);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
    CellSums cell = sums.value();
    cell.waiting = false;
    sums.update(cell);
    Progress.CELLS.increment();
    out.collect(
        context.getCurrentKey() + "|" + cell.sold + "|" + cell.cancelled + "|" + cell.returned + "|" + cell.revenue
            + "|" + cell.net + "|" + cell.list + "|" + cell.revision);
  }
}
