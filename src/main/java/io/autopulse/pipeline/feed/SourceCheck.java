package io.autopulse.pipeline.feed;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.Feed.Field;
import io.autopulse.domain.feed.HeaderMatch;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.WhiteSpace;
import io.autopulse.pipeline.manifest.AirbyteJsonlSource;
import io.autopulse.pipeline.manifest.CsvSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.JdbcSource;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.XlsxSource;
import io.autopulse.source.batch.LocalFiles;
import io.autopulse.source.file.DataFileName;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.JsonKeys;
import io.autopulse.source.file.Unreadable;
import io.autopulse.source.file.record.FileHead;
import io.autopulse.source.jdbc.JdbcCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Looks at a manifest's sources before a pipeline is started: that files are there and are of the
 * kind that the manifest says, and that the files of a CSV feed, the first records of a JSON feed
 * and the table or query of a database have the names that the manifest and the fields need. It
 * looks at the beginning of the first {@value #MOST_FILES} files of a feed, and of every file where
 * files are compared with each other; the run looks at every file. Topics are not asked.
 */
public final class SourceCheck {
  /**
   * What stands at a feed's source.
   *
   * @param files how many files match; 0 for a database
   * @param bytes the size of them all
   * @param header the trimmed header of the first CSV file by name, or the columns of a table;
   *     empty for another source
   */
  public record Found(int files, long bytes, Optional<List<String>> header) {
    /** Keeps its own copy. */
    public Found {
      header = header.map(List::copyOf);
    }
  }

  private static final int MOST_FILES = 500;
  private static final int MOST_WRONG_FILES = 5;
  private static final int SHOWN = 300;

  private final Manifest manifest;
  private final List<InputException> problems = new ArrayList<>();

  private SourceCheck(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * Returns what stands at the source of each feed.
   *
   * @throws InputException with every file and header that is missing
   */
  public static Map<Feed, Found> check(Manifest manifest) {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    SourceCheck check = new SourceCheck(manifest);
    Map<Feed, Found> found = new EnumMap<>(Feed.class);
    manifest.feeds().forEach((feed, spec) -> check.look(spec).ifPresent(f -> found.put(feed, f)));
    if (!check.problems.isEmpty()) {
      throw InputException.all(check.problems);
    }
    return found;
  }

  private Optional<Found> look(FeedSpec spec) {
    try {
      if (spec.source() instanceof CsvSource csv) {
        return lookAtHeaders(spec, csv.path(), FeedSources.fileFormat(spec, csv));
      }
      if (spec.source() instanceof XlsxSource xlsx) {
        return lookAtHeaders(spec, xlsx.path(), FeedSources.fileFormat(spec, xlsx));
      }
      if (spec.source() instanceof AirbyteJsonlSource airbyte) {
        List<MatchResult.Metadata> files = match(spec, airbyte.path());
        if (heads(files, MOST_FILES, FileFormat.JSON_LINES).size()
            == Math.min(files.size(), MOST_FILES)) {
          checkKeys(spec, airbyte.path(), files);
        }
        return Optional.of(found(files, Optional.empty()));
      }
      if (spec.source() instanceof JdbcSource jdbc) {
        List<String> columns =
            JdbcCheck.columns(
                FeedSources.connection(jdbc),
                FeedSources.relation(jdbc),
                FeedSources.origin(spec, jdbc),
                FeedSources.query(jdbc),
                jdbc.cursorColumn(),
                jdbc.partitionColumn(),
                key -> place(spec, "from." + key));
        problems.addAll(
            new HeaderCheck(manifest, spec)
                .header(FeedSources.origin(spec, jdbc), columns, HeaderMatch.COLUMN));
        return Optional.of(new Found(0, 0, Optional.of(columns)));
      }
      return Optional.of(new Found(0, 0, Optional.empty()));
    } catch (InputException e) {
      problems.add(e);
      return Optional.empty();
    }
  }

  private Optional<Found> lookAtHeaders(FeedSpec spec, String path, FileFormat format) {
    List<MatchResult.Metadata> files = match(spec, path);
    // No later step sees two files side by side.
    int most = spec.feed().divisions().isEmpty() ? MOST_FILES : files.size();
    List<FileHead> heads = heads(files, most, format);
    // One file's header is enough to correct the manifest by.
    if (heads.stream().allMatch(head -> fits(spec, head))) {
      mixed(spec, heads).ifPresent(problems::add);
    }
    return heads.isEmpty()
        ? Optional.empty()
        : Optional.of(found(files, Optional.of(stripped(heads.get(0)))));
  }

  /** Returns that one file divides market figures by a column that another has not. */
  private Optional<InputException> mixed(FeedSpec spec, List<FileHead> heads) {
    if (heads.isEmpty() || spec.feed().divisions().isEmpty()) {
      return Optional.empty();
    }
    List<Feed.Field> ofFirst = undivided(spec, heads.get(0));
    for (FileHead head : heads) {
      List<Feed.Field> ofThis = undivided(spec, head);
      for (Feed.Field field : spec.feed().divisions()) {
        boolean firstLacks = ofFirst.contains(field);
        if (firstLacks != ofThis.contains(field)) {
          FileHead lacking = firstLacks ? heads.get(0) : head;
          FileHead having = firstLacks ? head : heads.get(0);
          return Optional.of(
              new InputException(
                  lacking.path(),
                  "has no column for " + field.name() + ", which " + having.path() + " has",
                  "If its figures are of all, write defaults: {%s} under feeds.%s; else add the column"
                      .formatted(Undivided.defaults(List.of(field)), spec.feed())));
        }
      }
    }
    return Optional.empty();
  }

  private List<Feed.Field> undivided(FeedSpec spec, FileHead head) {
    return Undivided.fields(spec, HeaderCheck.match(manifest, spec, stripped(head)));
  }

  private void checkKeys(FeedSpec spec, String glob, List<MatchResult.Metadata> files) {
    List<String> names = files.stream().map(file -> file.resourceId().toString()).toList();
    try {
      problems.addAll(new HeaderCheck(manifest, spec).keys(glob, JsonKeys.of(names)));
    } catch (IOException e) {
      throw new InputException(glob, "cannot be read: " + e.getMessage(), "Check the files", e);
    }
  }

  private List<MatchResult.Metadata> match(FeedSpec spec, String glob) {
    String place = place(spec, "from.path");
    problems.addAll(LocalFiles.unreadable(glob));
    List<MatchResult.Metadata> files;
    try {
      files =
          FileSystems.match(glob, EmptyMatchTreatment.ALLOW).metadata().stream()
              .sorted(Comparator.comparing(m -> m.resourceId().toString()))
              .toList();
    } catch (IllegalArgumentException | IOException e) {
      throw new InputException(place, "cannot be looked at: " + e.getMessage(), "");
    }
    List<MatchResult.Metadata> landed =
        files.stream()
            .filter(
                f -> DataFileName.holdsRecords(glob, String.valueOf(f.resourceId().getFilename())))
            .toList();
    if (landed.isEmpty() && !files.isEmpty()) {
      throw new InputException(
          place,
          "only hidden or incomplete files match "
              + glob
              + ", such as "
              + files.get(0).resourceId(),
          "Rename them when they are complete: names that begin with ., _ or ~$ or end in .tmp,"
              + " .part and the like are not read");
    }
    if (landed.isEmpty()) {
      throw new InputException(
          place,
          "no file matches " + glob + " in " + Path.of("").toAbsolutePath(),
          "Check the path; a relative one is relative to the folder that autopulse is started in");
    }
    return landed;
  }

  private static Found found(List<MatchResult.Metadata> files, Optional<List<String>> header) {
    long bytes = files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
    return new Found(files.size(), bytes, header);
  }

  /** Returns the heads of the first files, without those that have none: they are problems. */
  private List<FileHead> heads(List<MatchResult.Metadata> files, int most, FileFormat format) {
    List<FileHead> heads = new ArrayList<>();
    int wrong = 0;
    for (MatchResult.Metadata file : files.subList(0, Math.min(files.size(), most))) {
      String path = file.resourceId().toString();
      try {
        heads.add(FileHead.read(path, format));
      } catch (InputException e) {
        problems.add(e);
        wrong++;
      } catch (IOException e) {
        InputException problem = Unreadable.problem(path, e);
        problems.add(
            problem == null
                ? new InputException(path, "cannot be read: " + e.getMessage(), "", e)
                : problem);
        wrong++;
      }
      if (wrong == MOST_WRONG_FILES) {
        break;
      }
    }
    return heads;
  }

  private static List<String> stripped(FileHead head) {
    return head.columns().stream().map(WhiteSpace::strip).toList();
  }

  /** Returns whether a header has what the manifest needs; if not, its problems are kept. */
  private boolean fits(FeedSpec spec, FileHead head) {
    int before = problems.size();
    List<String> header = stripped(head);
    problems.addAll(
        new HeaderCheck(manifest, spec).header(head.path(), header, HeaderMatch.HEADER));
    if (problems.size() == before) {
      return true;
    }
    List<String> needed = needed(spec);
    Optional<InputException> one = head.explain(needed);
    if (one.isEmpty() && needed.stream().noneMatch(header::contains)) {
      one = Optional.of(strange(spec, head.path(), header, needed));
    }
    one.ifPresent(
        problem -> {
          problems.subList(before, problems.size()).clear();
          problems.add(problem);
        });
    return false;
  }

  private static List<String> needed(FeedSpec spec) {
    List<String> needed = new ArrayList<>();
    for (Field field : spec.feed().fields()) {
      String name = field.name();
      if (spec.columns().containsKey(name)
          || (field.required() && !spec.defaults().containsKey(name))) {
        needed.addAll(spec.headers(name));
      }
    }
    return needed;
  }

  private InputException strange(
      FeedSpec spec, String file, List<String> header, List<String> needed) {
    String shown = String.join(", ", header);
    boolean mayBeShown =
        FeedSources.format(spec, manifest.timezone(), manifest.currency().getCurrencyCode())
            .namesSensitive(header);
    return new InputException(
        file,
        "its header has none of the columns that the manifest needs ("
            + String.join(", ", needed)
            + "); "
            + (mayBeShown
                ? "it is: " + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown)
                : "it is not shown, because it does not name every sensitive column"),
        "Name its columns under feeds."
            + spec.feed()
            + ".columns, or correct from.separator, from.charset or from.skip_lines");
  }

  private String place(FeedSpec spec, String path) {
    return manifest.places().of("feeds." + spec.feed() + "." + path);
  }
}
