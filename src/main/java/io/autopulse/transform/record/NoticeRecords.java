package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.SensitiveNames;
import io.autopulse.domain.problem.RejectCode;

/** What a source reports of records, or a file, that it cannot hand over, as a rejected record. */
final class NoticeRecords implements RecordReader {
  @Override
  public void read(RawBlock block, RecordHandler handler) {
    handler.refused(
        new Rejection(RejectCode.valueOf(block.header().get(0)), "", block.header().get(1)),
        block.firstLine());
  }

  @Override
  public boolean fits(RawBlock block) {
    return true;
  }

  @Override
  public String raw(RawBlock block, SensitiveNames sensitive) {
    return new String(block.text(), UTF_8);
  }
}
