package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.market.Sentiment;
import io.autopulse.domain.problem.RejectCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of a post: it is scored once for each topic that it, or its text, names. */
final class PostRules implements MarketParser.Rules {
  private static final int LONGEST_POST = 100_000;

  private static final int POST_ID = Feed.SOCIAL.indexOf("post_id");
  private static final int POSTED_AT = Feed.SOCIAL.indexOf("posted_at");
  private static final int SOURCE = Feed.SOCIAL.indexOf("source");
  private static final int TEXT = Feed.SOCIAL.indexOf("text");
  private static final int TOPIC = Feed.SOCIAL.indexOf("topic");

  private final RecordFields fields;
  private final MarketNames names;

  PostRules(RecordFields fields, MarketNames names) {
    this.fields = fields;
    this.names = names;
  }

  @Override
  public List<Observation> read() {
    String post = RecordFields.hashed(fields.required(POST_ID));
    int day = fields.dateOf(fields.moment(POSTED_AT));
    String source = fields.name(SOURCE);
    String text = fields.anyText(TEXT, LONGEST_POST);
    if (!fields.isSound()) {
      return List.of();
    }
    int sentiment = Sentiment.of(text);
    List<Observation> posts = new ArrayList<>();
    for (String topic : topics(text)) {
      String slice = Observation.slice(LocalDate.ofEpochDay(day).toString(), source, topic);
      posts.add(fields.known(Kind.SENTIMENT, slice, post, 0, day, sentiment, posts.isEmpty()));
    }
    return posts;
  }

  /** Returns the topic that the record names, else those that its text names. */
  private Set<String> topics(String text) {
    if (fields.has(TOPIC)) {
      return Set.of(fields.topic(names.topics(), TOPIC));
    }
    Set<String> named = names.topics().namedIn(text);
    if (named.isEmpty()) {
      // The text itself is no part of the message: it may name people.
      fields.reject(
          new Rejection(
              RejectCode.UNMAPPED_NAME, "text", "text names no topic of the manifest's mappings"));
    }
    return named;
  }
}
