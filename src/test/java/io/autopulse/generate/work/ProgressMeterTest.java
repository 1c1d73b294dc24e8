package io.autopulse.generate.work;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private final StringWriter text = new StringWriter();
  private long seconds;

  @Test
  void plainOutputGetsALineEveryThreeSecondsOfItsStage() {
    ProgressMeter meter = meter(false);
    meter.report("sales", 0, 1_000_000);
    for (seconds = 1; seconds <= 7; seconds++) {
      meter.report("sales", seconds * 100_000, 1_000_000);
    }
    seconds = 10;
    meter.report("truth", 0, 1_000_000);
    meter.close();
    assertThat(
        text.toString(),
        is(
            String.format(
                "sales: 300,000 of 1,000,000 records, 100,000 a second%n"
                    + "sales: 600,000 of 1,000,000 records, 100,000 a second%n"
                    + "truth: 0 of 1,000,000 records, 0 a second%n")));
  }

  @Test
  void terminalGetsOneChangingLineThatIsClearedInTheEnd() {
    ProgressMeter meter = meter(true);
    meter.report("sales", 0, 10);
    seconds = 2;
    meter.report("sales", 4, 10);
    meter.close();
    assertThat(text.toString(), is("\r\u001b[Ksales: 4 of 10 records, 2 a second\r\u001b[K"));
  }

  private ProgressMeter meter(boolean terminal) {
    return new ProgressMeter(new PrintWriter(text), terminal, () -> seconds * 1_000_000_000L);
  }
}
