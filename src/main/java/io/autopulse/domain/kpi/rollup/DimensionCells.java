package io.autopulse.domain.kpi.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.block.Dictionary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The cells of one dimension in one month: each fact's cell, numbered densely over the members that
 * occur, and the member of each cell as a code of the blocks' dictionary. Not safe for use by
 * several threads.
 */
final class DimensionCells {
  private static final int DENSE = 1 << 22;

  private final Dimension dimension;
  private final int dimensionCode;
  private final Dictionary blockMembers;
  private int[] cellOfFact = new int[0];
  private int[] memberOfCell = new int[64];
  private int cells;

  DimensionCells(Dimension dimension, Dictionary blockDimensions, Dictionary blockMembers) {
    this.dimension = dimension;
    this.dimensionCode = blockDimensions.code(dimension.toString().getBytes(UTF_8));
    this.blockMembers = blockMembers;
  }

  int dimensionCode() {
    return dimensionCode;
  }

  int[] cellOfFact() {
    return cellOfFact;
  }

  int cells() {
    return cells;
  }

  /** Returns the block dictionary's code of a cell's member. */
  int member(int cell) {
    return memberOfCell[cell];
  }

  /** Numbers the cells of a month's facts. */
  void assign(FactTable facts, MemberCodes codes) {
    cells = 0;
    if (cellOfFact.length < facts.size) {
      cellOfFact = new int[facts.size + (facts.size >> 2)];
    }
    switch (dimension.attributes().size()) {
      case 0 -> {
        Arrays.fill(cellOfFact, 0, facts.size, 0);
        newCell(Dimension.ALL.getBytes(UTF_8));
      }
      case 1 -> assignSingle(facts, codes, dimension.attributes().get(0));
      default -> assignPair(facts, codes);
    }
  }

  private void assignSingle(FactTable facts, MemberCodes codes, Attribute attribute) {
    int[] owner = owner(facts, attribute);
    int[] member = codes.of(attribute);
    Dictionary members = codes.members(attribute);
    int[] cellOf = new int[members.size()];
    for (int i = 0; i < facts.size; i++) {
      int code = member[owner[i]];
      int cell = cellOf[code] - 1;
      if (cell < 0) {
        cell = newCell(members.entry(code));
        cellOf[code] = cell + 1;
      }
      cellOfFact[i] = cell;
    }
  }

  private void assignPair(FactTable facts, MemberCodes codes) {
    Attribute first = dimension.attributes().get(0);
    Attribute second = dimension.attributes().get(1);
    int[] firstOwner = owner(facts, first);
    int[] secondOwner = owner(facts, second);
    int[] firstMember = codes.of(first);
    int[] secondMember = codes.of(second);
    Dictionary firsts = codes.members(first);
    Dictionary seconds = codes.members(second);
    long pairs = (long) firsts.size() * seconds.size();
    int[] dense = new int[pairs <= DENSE ? (int) pairs : 0];
    Map<Long, Integer> sparse = new HashMap<>();
    for (int i = 0; i < facts.size; i++) {
      int a = firstMember[firstOwner[i]];
      int b = secondMember[secondOwner[i]];
      long pair = (long) a * seconds.size() + b;
      int cell = dense.length > 0 ? dense[(int) pair] - 1 : sparse.getOrDefault(pair, -1);
      if (cell < 0) {
        cell = newCell(pair(firsts.entry(a), seconds.entry(b)));
        if (dense.length > 0) {
          dense[(int) pair] = cell + 1;
        } else {
          sparse.put(pair, cell);
        }
      }
      cellOfFact[i] = cell;
    }
  }

  private static int[] owner(FactTable facts, Attribute attribute) {
    return MemberCodes.ofOutlet(attribute) ? facts.outlet : facts.vehicle;
  }

  private static byte[] pair(byte[] first, byte[] second) {
    return (new String(first, UTF_8) + Dimension.PAIR + new String(second, UTF_8)).getBytes(UTF_8);
  }

  private int newCell(byte[] member) {
    if (cells == memberOfCell.length) {
      memberOfCell = Arrays.copyOf(memberOfCell, cells * 2);
    }
    memberOfCell[cells] = blockMembers.code(member);
    return cells++;
  }
}
