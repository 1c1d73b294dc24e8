package io.autopulse.domain.kpi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.Change;
import io.autopulse.domain.sale.SaleBlock;
import io.autopulse.domain.sale.SaleLayout;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Sums the changes of a bundle by window, dimension and member before they travel: a sale touches
 * dozens of cells, and most of them many times in a bundle. Not safe for use by several threads.
 */
public final class CellChanges {
  private static final Change[] CHANGES = Change.values();

  private final List<Grain> grains;
  private final List<Dimension> dimensions;
  private final BusinessClock clock;
  private final FactTable terms = new FactTable();
  private final MemberCodes members = new MemberCodes(terms);
  private final List<Map<Long, String>> names = new ArrayList<>();
  private final Map<CellWindow, Map<String, CellSums>> windows = new HashMap<>();

  /**
   * Makes the sums of no changes.
   *
   * @param timezone of the windows
   */
  public CellChanges(Collection<Grain> grains, List<Dimension> dimensions, ZoneId timezone) {
    this.grains = List.copyOf(grains);
    this.dimensions = List.copyOf(dimensions);
    clock = new BusinessClock(timezone);
    dimensions.forEach(dimension -> names.add(new HashMap<>()));
  }

  /** Adds the changes of a block of enriched versions. */
  public void add(byte[] blockBytes) {
    SaleBlock block = SaleBlock.open(blockBytes);
    int[] vehicles = block.codesIn(SaleLayout.VEHICLE, terms.vehicles);
    int[] outlets = block.codesIn(SaleLayout.OUTLET, terms.outlets);
    while (block.advance()) {
      int at = block.at();
      int hour = clock.hourOf(SaleLayout.soldAt(blockBytes, at));
      int vehicle = vehicles[SaleLayout.code(blockBytes, at, SaleLayout.VEHICLE)];
      int outlet = outlets[SaleLayout.code(blockBytes, at, SaleLayout.OUTLET)];
      Change change = CHANGES[SaleLayout.change(blockBytes, at)];
      int kind = SaleLayout.status(blockBytes, at);
      long net = SaleLayout.netPrice(blockBytes, at);
      long list = SaleLayout.listPrice(blockBytes, at);
      for (int d = 0; d < names.size(); d++) {
        String member = member(d, vehicle, outlet);
        for (Grain grain : grains) {
          windows
              .computeIfAbsent(CellWindow.of(grain, hour, d), window -> new HashMap<>())
              .computeIfAbsent(member, m -> new CellSums())
              .add(change, kind, net, list);
        }
      }
    }
  }

  private String member(int dimension, int vehicle, int outlet) {
    return names
        .get(dimension)
        .computeIfAbsent(
            (long) vehicle << 32 | outlet,
            owners -> {
              List<String> parts = new ArrayList<>();
              for (Dimension.Attribute attribute : dimensions.get(dimension).attributes()) {
                int owner = MemberCodes.ofOutlet(attribute) ? outlet : vehicle;
                int code = members.of(attribute)[owner];
                parts.add(new String(members.members(attribute).entry(code), UTF_8));
              }
              return parts.isEmpty() ? Dimension.ALL : String.join(Dimension.PAIR, parts);
            });
  }

  /** Hands out the sums of each window, for {@link #read}, and starts again. */
  public void drain(BiConsumer<CellWindow, byte[]> out) {
    windows.forEach((window, cells) -> out.accept(window, encode(cells)));
    windows.clear();
  }

  private static byte[] encode(Map<String, CellSums> cells) {
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

  /** Reads the sums of a window that {@link #drain} handed out, member by member. */
  public static void read(byte[] window, BiConsumer<String, CellSums> out) {
    ByteBuffer in = ByteBuffer.wrap(window);
    while (in.hasRemaining()) {
      byte[] member = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(member);
      out.accept(new String(member, UTF_8), CellSums.decode(in));
    }
  }
}
