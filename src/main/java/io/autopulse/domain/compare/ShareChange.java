package io.autopulse.domain.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Why our share of a market changed, by members such as powertrains: each member's part of the
 * change. The parts add up to it.
 *
 * @param before our share before, 0 to 1
 * @param now our share now, 0 to 1
 * @param parts of each member
 */
public record ShareChange(double before, double now, List<Part> parts) {
  /**
   * A member of the market.
   *
   * @param name the member
   * @param ownBefore our units before
   * @param marketBefore all units before
   * @param ownNow our units now
   * @param marketNow all units now
   */
  public record Member(
      String name, long ownBefore, long marketBefore, long ownNow, long marketNow) {
    /** Returns our share halfway between before and now; where there was no market, the other. */
    private double share() {
      if (marketBefore == 0 || marketNow == 0) {
        long market = marketBefore + marketNow;
        return market == 0 ? 0 : (double) (ownBefore + ownNow) / market;
      }
      return ((double) ownBefore / marketBefore + (double) ownNow / marketNow) / 2;
    }
  }

  /**
   * A member's part of the change.
   *
   * @param name the member
   * @param mix because the member became a larger or smaller part of the market
   * @param within because our share within the member changed
   */
  public record Part(String name, double mix, double within) {
    /** Returns both together. */
    public double total() {
      return mix + within;
    }
  }

  /** Copies the parts. */
  public ShareChange {
    parts = List.copyOf(parts);
  }

  /**
   * Explains a change. A member's weight is its part of the market. The change is the sum over
   * members of weight times share, after less before; halfway between the two, it splits into what
   * weights did and what shares did, with nothing left over. What a weight did is measured against
   * our whole share: a member that grows helps if our share there is above it.
   *
   * @param members whose market, before and now, is above 0 in sum
   */
  public static ShareChange of(List<Member> members) {
    double marketBefore = members.stream().mapToLong(Member::marketBefore).sum();
    double marketNow = members.stream().mapToLong(Member::marketNow).sum();
    if (marketBefore <= 0 || marketNow <= 0) {
      throw new IllegalArgumentException("a share of no market");
    }
    double before = members.stream().mapToLong(Member::ownBefore).sum() / marketBefore;
    double now = members.stream().mapToLong(Member::ownNow).sum() / marketNow;
    double whole = (before + now) / 2;
    List<Part> parts = new ArrayList<>();
    for (Member member : members) {
      double weightBefore = member.marketBefore / marketBefore;
      double weightNow = member.marketNow / marketNow;
      double mix = (weightNow - weightBefore) * (member.share() - whole);
      double change =
          member.ownNow / marketNow
              - member.ownBefore / marketBefore
              - whole * (weightNow - weightBefore);
      parts.add(new Part(member.name, mix, change - mix));
    }
    return new ShareChange(before, now, parts);
  }
}
