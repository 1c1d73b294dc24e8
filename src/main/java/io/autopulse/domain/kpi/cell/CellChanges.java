package io.autopulse.domain.kpi.cell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.PriceHistogram;
import io.autopulse.domain.kpi.rollup.DimensionMembers;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.Change;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleLayout;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sums the changes of a bundle by window, dimension and member before they travel: a sale touches
 * dozens of cells, and most of them many times in a bundle. Not safe for use by several threads.
 */
public final class CellChanges {
  private static final Change[] CHANGES = Change.values();

  private final List<Grain> grains;
  private final Grain finest;
  private final BusinessClock clock;
  private final DimensionMembers members;
  private final List<String> names;

  /** The windows of the finest grain by their first hour. */
  private final Map<Integer, Cells> windows = new HashMap<>();

  /** The sums of a window by dimension and member. */
  private record Cells(List<Map<String, CellSums>> byDimension) {
    static Cells of(int dimensions) {
      return new Cells(
          Stream.generate(HashMap<String, CellSums>::new)
              .limit(dimensions)
              .collect(Collectors.toList()));
    }
  }

  /**
   * Makes the sums of no changes.
   *
   * @param timezone of the windows
   */
  public CellChanges(Collection<Grain> grains, List<Dimension> dimensions, ZoneId timezone) {
    this.grains = List.copyOf(grains);
    // Weeks and months are whole days, and days are whole hours.
    finest = grains.contains(Grain.HOUR) ? Grain.HOUR : Grain.DAY;
    clock = new BusinessClock(timezone);
    members = new DimensionMembers(dimensions);
    names = dimensions.stream().map(Dimension::toString).toList();
  }

  /** Adds the changes of a block of enriched versions. */
  public void add(byte[] blockBytes) {
    SaleBlock block = SaleBlock.open(blockBytes);
    int[] vehicles = block.codesIn(SaleLayout.VEHICLE, members.vehicles());
    int[] outlets = block.codesIn(SaleLayout.OUTLET, members.outlets());
    while (block.advance()) {
      int at = block.at();
      int hour = clock.hourOf(SaleLayout.soldAt(blockBytes, at));
      int vehicle = vehicles[SaleLayout.code(blockBytes, at, SaleLayout.VEHICLE)];
      int outlet = outlets[SaleLayout.code(blockBytes, at, SaleLayout.OUTLET)];
      Change change = CHANGES[SaleLayout.change(blockBytes, at)];
      int kind = SaleLayout.status(blockBytes, at);
      long net = SaleLayout.netPrice(blockBytes, at);
      int bin = PriceHistogram.bin(net);
      long list = SaleLayout.listPrice(blockBytes, at);
      Cells cells = cells(windows, CellWindow.start(finest, hour));
      for (int d = 0; d < members.dimensions(); d++) {
        cells
            .byDimension()
            .get(d)
            .computeIfAbsent(members.of(d, vehicle, outlet), member -> new CellSums())
            .add(change, kind, net, bin, list);
      }
    }
  }

  private Cells cells(Map<Integer, Cells> of, int start) {
    return of.computeIfAbsent(start, hour -> Cells.of(members.dimensions()));
  }

  /** Hands out the sums of each window, for {@link #sum}, and starts again. */
  public void drain(BiConsumer<CellWindow, byte[]> out) {
    Map<Integer, Cells> days = finest == Grain.DAY ? windows : rollUp(windows, Grain.DAY);
    for (Grain grain : grains) {
      Map<Integer, Cells> cells =
          switch (grain) {
            case HOUR -> windows;
            case DAY -> days;
            case WEEK, MONTH -> rollUp(days, grain);
          };
      cells.forEach((start, window) -> handOut(grain, start, window, out));
    }
    windows.clear();
  }

  private Map<Integer, Cells> rollUp(Map<Integer, Cells> finer, Grain grain) {
    Map<Integer, Cells> coarser = new HashMap<>();
    finer.forEach(
        (hour, window) -> {
          Cells cells = cells(coarser, CellWindow.start(grain, hour));
          for (int d = 0; d < members.dimensions(); d++) {
            Map<String, CellSums> coarse = cells.byDimension().get(d);
            window
                .byDimension()
                .get(d)
                .forEach(
                    (member, sums) ->
                        coarse.computeIfAbsent(member, m -> new CellSums()).add(sums));
          }
        });
    return coarser;
  }

  private void handOut(Grain grain, int start, Cells window, BiConsumer<CellWindow, byte[]> out) {
    for (int d = 0; d < window.byDimension().size(); d++) {
      out.accept(new CellWindow(grain, start, names.get(d)), encode(window.byDimension().get(d)));
    }
  }

  /**
   * Returns sums of a window as bytes, as {@link #drain} hands them out.
   *
   * @param cells by member
   */
  public static byte[] encode(Map<String, CellSums> cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, CellSums> cell : cells.entrySet()) {
        byte[] member = cell.getKey().getBytes(UTF_8);
        out.writeShort(member.length);
        out.write(member);
        out.write(cell.getValue().encode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Returns by member what several bundles add to a window.
   *
   * @param blocks what {@link #drain} handed out for the window, or {@link #encode} returned
   */
  public static Map<String, CellSums> sum(Iterable<byte[]> blocks) {
    Map<String, CellSums> cells = new HashMap<>();
    for (byte[] block : blocks) {
      ByteBuffer in = ByteBuffer.wrap(block);
      while (in.hasRemaining()) {
        byte[] member = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(member);
        CellSums added = CellSums.decode(in);
        cells.merge(
            new String(member, UTF_8),
            added,
            (known, more) -> {
              known.add(more);
              return known;
            });
      }
    }
    return cells;
  }
}
