package io.autopulse.source.follow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileStamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowMarkTest {
  private final FollowMark.MarkCoder coder = new FollowMark.MarkCoder();

  private FollowMark copied(FollowMark mark) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    coder.encode(mark, bytes);
    return coder.decode(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  void marksComeBackAsTheyWere() throws Exception {
    FollowMark mark =
        new FollowMark(
            Map.of("in/a.csv", new FileStamp(1, 2), "in/\u00e9[1].csv", new FileStamp(3, -4)),
            Map.of("in/link.csv", new FileStamp(FileStamp.NOTHING_THERE, 5)),
            "in/c.csv",
            new FileStamp(6, 7),
            8);
    assertThat(copied(mark), is(mark));
    assertThat(copied(FollowMark.NOTHING), is(FollowMark.NOTHING));
  }

  @Test
  void markOfAnEarlierVersionIsRefusedWithARemedy() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream earlier = new DataOutputStream(bytes);
    earlier.writeUTF("in/a.csv");
    earlier.writeLong(1);
    earlier.writeInt(0);
    InputException refused =
        assertThrows(
            InputException.class,
            () -> coder.decode(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(refused.getMessage(), containsString("another version of Autopulse"));
  }
}
