package io.autopulse.source.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "._a.csv",
        ".a.csv.swp",
        ".~lock.a.csv#",
        "_SUCCESS",
        "~$a.csv",
        "a.csv.tmp",
        "a.csv.part",
        "a.csv.PART",
        "a.csv.crdownload",
        "a.csv.filepart",
        "a.csv.lock",
        "a.csv~"
      })
  void hiddenAndIncompleteFilesHoldNoRecordsUnlessTheyAreNamed(String name) {
    assertThat(DataFileName.holdsRecords("in/*", name), is(false));
    assertThat(DataFileName.holdsRecords("in/" + name, name), is(true));
    assertThat(DataFileName.holdsRecords(name, name), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "export[1].csv", "a.part.csv", "part-00000.csv", "a_b.csv.gz"})
  void otherFilesHoldRecords(String name) {
    assertThat(DataFileName.holdsRecords("in/*", name), is(true));
  }

  @Test
  void patternThatOnlyLooksLikeANameIsAPattern() {
    assertThat(DataFileName.holdsRecords("in/.*.csv", ".a.csv"), is(false));
  }
}
