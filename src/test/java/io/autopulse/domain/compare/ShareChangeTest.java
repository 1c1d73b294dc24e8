package io.autopulse.domain.compare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.compare.ShareChange.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareChangeTest {
  private static final double EXACT = 1e-12;

  @Test
  void mixAndShareAreToldApart() {
    // ICE: 10 % of 800, then of 600; BEV: 5 % of 200, then 10 % of 400. From 9 % to 10 %.
    ShareChange change =
        ShareChange.of(
            List.of(new Member("ICE", 80, 800, 60, 600), new Member("BEV", 10, 200, 40, 400)));
    assertThat(change.before(), closeTo(0.09, EXACT));
    assertThat(change.now(), closeTo(0.10, EXACT));
    // ICE shrank by 0.2 and is 0.5 points above the whole: -0.1 points. BEV grew where we are weak.
    assertThat(change.parts().get(0).mix(), closeTo(-0.2 * (0.10 - 0.095), EXACT));
    assertThat(change.parts().get(0).within(), closeTo(0, EXACT));
    assertThat(change.parts().get(1).mix(), closeTo(0.2 * (0.075 - 0.095), EXACT));
    assertThat(change.parts().get(1).within(), closeTo(0.05 * 0.3, EXACT));
  }

  @Test
  void partsAddUpToTheChangeWhateverTheMembers() {
    long seed = 20_240_701;
    Random random = new Random(seed);
    for (int trial = 0; trial < 500; trial++) {
      List<Member> members = new ArrayList<>();
      members.add(new Member("some", 3, 100, 4, 90));
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        // Launched and ended members, and own sales that the market does not know.
        members.add(
            new Member(
                "m" + i,
                random.nextInt(50),
                random.nextInt(3) == 0 ? 0 : random.nextInt(500),
                random.nextInt(50),
                random.nextInt(3) == 0 ? 0 : random.nextInt(500)));
      }
      ShareChange change = ShareChange.of(members);
      assertThat(
          "seed " + seed + ", trial " + trial,
          change.parts().stream().mapToDouble(ShareChange.Part::total).sum(),
          closeTo(change.now() - change.before(), 1e-9));
    }
  }

  @Test
  void shareOfNoMarketIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ShareChange.of(List.of(new Member("BEV", 1, 0, 2, 10))));
  }
}
