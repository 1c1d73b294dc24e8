package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Kind;
import java.time.LocalDate;
import java.util.List;

/** The rules of the views of a page on a day. */
final class AttentionRules implements MarketParser.Rules {
  private static final int DAY = Feed.ATTENTION.indexOf("day");
  private static final int SOURCE = Feed.ATTENTION.indexOf("source");
  private static final int TOPIC = Feed.ATTENTION.indexOf("topic");
  private static final int VIEWS = Feed.ATTENTION.indexOf("views");
  private static final int RECORD_ID = Feed.ATTENTION.indexOf("record_id");

  private final RecordFields fields;
  private final MarketNames names;

  AttentionRules(RecordFields fields, MarketNames names) {
    this.fields = fields;
    this.names = names;
  }

  @Override
  public List<Observation> read() {
    int day = fields.dateOf(fields.moment(DAY));
    String source = fields.name(SOURCE);
    String topic = fields.topic(names.topics(), TOPIC);
    String spelled = NameMapping.topic(fields.optional(TOPIC));
    String id = RecordFields.hashed(fields.optional(RECORD_ID));
    long views = fields.count(VIEWS);
    return List.of(
        fields.known(
            Kind.VIEWS,
            Observation.slice(LocalDate.ofEpochDay(day).toString(), source, topic),
            Observation.slice(spelled, id),
            0,
            day,
            views,
            true));
  }
}
