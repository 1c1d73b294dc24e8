package io.autopulse.source.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuietFilesTest {
  private boolean endsWithALine = true;
  private final QuietFiles files = new QuietFiles(Duration.ofSeconds(2), file -> endsWithALine);

  private static LandedFile file(String path, long bytes, long modifiedAt) {
    return new LandedFile(path, new FileStamp(bytes, modifiedAt), "inode of " + bytes);
  }

  private List<LandedFile> complete(long now, LandedFile... unread) {
    return files.look(List.of(unread), now).complete();
  }

  @Test
  void fileIsCompleteWhenTwoLooksTwoSecondsApartSeeTheSame() {
    LandedFile a = file("a", 10, 5_000);
    assertThat(complete(10_000, a), is(empty()));
    assertThat(complete(11_999, a), is(empty()));
    assertThat(complete(12_000, a), contains(a));
  }

  @Test
  void anotherSizeOrAnotherTimeBeginsTheWaitAnew() {
    assertThat(complete(10_000, file("a", 10, 5_000)), is(empty()));
    assertThat(complete(12_000, file("a", 11, 5_000)), is(empty()));
    assertThat(complete(13_999, file("a", 11, 6_000)), is(empty()));
    assertThat(complete(15_998, file("a", 11, 6_000)), is(empty()));
    assertThat(complete(15_999, file("a", 11, 6_000)).size(), is(1));
  }

  @Test
  void fileThatWasTakenIsNewWhenItIsSeenAgain() {
    LandedFile a = file("a", 10, 5_000);
    assertThat(complete(10_000, a), is(empty()));
    assertThat(complete(12_000, a), contains(a));
    assertThat(complete(12_500, a), is(empty()));
    assertThat(complete(14_500, a), contains(a));
  }

  @Test
  void fileThatWasPutBackWaitsUnlessItChanges() {
    LandedFile a = file("a", 10, 5_000);
    files.putBack(a, 10_000);
    assertThat(complete(39_999, a), is(empty()));
    assertThat(complete(40_000, a), contains(a));
    files.putBack(a, 50_000);
    LandedFile changed = file("a", 20, 5_000);
    assertThat(complete(50_500, changed), is(empty()));
    assertThat(complete(52_500, changed), contains(changed));
  }

  @Test
  void emptyFileIsNeverCompleteAndHoldsNothingBack() {
    LandedFile begun = file("a", 0, 5_000);
    assertThat(complete(10_000, begun), is(empty()));
    assertThat(complete(1_000_000, begun), is(empty()));
    assertThat(files.oldest(), is(OptionalLong.empty()));
    assertThat(files.look(List.of(), 1_000_500).vanished(), is(empty()));
  }

  @Test
  void personIsToldOfAFileThatGrowsEveryFiveMinutes() {
    int told = 0;
    for (int second = 0; second < 660; second++) {
      told += files.look(List.of(file("log", second + 1, 0)), second * 1_000L).restless().size();
    }
    assertThat(told, is(2));
  }

  @Test
  void fileGoneUnderOneNameIsLostUnlessItIsThereUnderAnother() {
    LandedFile a = file("a", 10, 5_000);
    LandedFile b = file("b", 20, 5_000);
    assertThat(complete(10_000, a, b), is(empty()));
    LandedFile renamed = new LandedFile("c", a.stamp(), a.key());
    assertThat(files.look(List.of(renamed), 10_500).vanished(), contains(b));
  }

  @Test
  void uploadIsTheFileOfItsNameAndAnotherFileWithItsInodeIsNot() {
    LandedFile upload = new LandedFile("in/s.csv.upload", new FileStamp(10, 5_000), "inode 1");
    LandedFile lost = new LandedFile("in/t.csv", new FileStamp(10, 5_000), "inode 2");
    assertThat(complete(10_000, upload, lost), is(empty()));
    LandedFile uploaded = new LandedFile("in/s.csv", new FileStamp(30, 10_200), "inode 1");
    LandedFile other = new LandedFile("in/u.csv", new FileStamp(30, 10_300), "inode 2");
    assertThat(files.look(List.of(uploaded, other), 10_500).vanished(), contains(lost));
  }

  @Test
  void theOldestOfThoseThatWaitIsKnown() {
    assertThat(complete(10_000, file("a", 10, 7_000), file("b", 10, 6_000)), is(empty()));
    assertThat(files.oldest(), is(OptionalLong.of(6_000)));
  }

  @Test
  void lastLineWithoutAnEndIsAskedForOnceAndWaits() {
    endsWithALine = false;
    LandedFile a = file("a", 10, 5_000);
    assertThat(complete(0, a), is(empty()));
    assertThat(complete(2_000, a), is(empty()));
    endsWithALine = true;
    assertThat("its end was looked at", complete(29_999, a), is(empty()));
    assertThat(complete(30_000, a), contains(a));
  }
}
