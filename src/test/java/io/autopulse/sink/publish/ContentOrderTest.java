package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;

import io.autopulse.warehouse.table.CoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ContentOrderTest {
  /** The business date follows from the moment of the sale. */
  @Test
  void contentIsWhatAVersionHasBesideItsKeyAndItsBusinessDate() {
    List<String> content = new ArrayList<>(CoreTable.SALE_VERSIONS.given());
    content.removeAll(CoreTable.SALE_VERSIONS.key());
    content.remove("sold_on");
    assertThat(
        Pattern.compile("versions\\.(\\w+)")
            .matcher(ContentOrder.same("versions", "known"))
            .results()
            .map((MatchResult column) -> column.group(1))
            .toList(),
        containsInAnyOrder(content.toArray()));
  }
}
