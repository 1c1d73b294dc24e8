package io.autopulse.pipeline;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.autopulse.domain.quality.HeaderMatch;
import io.autopulse.domain.quality.InputException;
import io.autopulse.domain.sale.Feed;
import io.autopulse.domain.sale.WhiteSpace;
import io.autopulse.pipeline.manifest.AirbyteJsonlSource;
import io.autopulse.pipeline.manifest.CsvSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.JdbcSource;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.source.JdbcColumns;
import io.autopulse.source.JsonKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Looks at a manifest's sources before a pipeline is started: that files are there, and that the
 * first file of a CSV feed, the first records of a JSON feed and the table or query of a database
 * have the names that the manifest and the fields need. Topics are not asked.
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
        List<MatchResult.Metadata> files = match(spec, csv.path());
        List<String> header = header(files.get(0), csv);
        problems.addAll(
            new HeaderCheck(manifest, spec)
                .header(files.get(0).resourceId().toString(), header, HeaderMatch.HEADER));
        return Optional.of(found(files, Optional.of(header)));
      }
      if (spec.source() instanceof AirbyteJsonlSource airbyte) {
        List<MatchResult.Metadata> files = match(spec, airbyte.path());
        checkKeys(spec, airbyte.path(), files);
        return Optional.of(found(files, Optional.empty()));
      }
      if (spec.source() instanceof JdbcSource jdbc) {
        List<String> columns =
            JdbcColumns.of(
                FeedSources.connection(jdbc), FeedSources.query(jdbc), place(spec, "from"));
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
    List<MatchResult.Metadata> files;
    try {
      files =
          FileSystems.match(glob, EmptyMatchTreatment.ALLOW).metadata().stream()
              .sorted(Comparator.comparing(m -> m.resourceId().toString()))
              .toList();
    } catch (IllegalArgumentException | IOException e) {
      throw new InputException(place, "cannot be looked at: " + e.getMessage(), "");
    }
    if (files.isEmpty()) {
      throw new InputException(
          place,
          "no file matches " + glob + " in " + Path.of("").toAbsolutePath(),
          "Check the path; a relative one is relative to the folder that autopulse is started in");
    }
    return files;
  }

  private static Found found(List<MatchResult.Metadata> files, Optional<List<String>> header) {
    long bytes = files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
    return new Found(files.size(), bytes, header);
  }

  private static List<String> header(MatchResult.Metadata file, CsvSource csv) {
    String name = file.resourceId().toString();
    try (Reader reader = open(file, csv.charset());
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(csv.separator())
                .quoteCharacter(csv.quote())
                .ofCsvRecord(reader)) {
      Iterator<CsvRecord> iterator = records.iterator();
      if (!iterator.hasNext()) {
        throw new InputException(name, "has no header line", "Remove the file, or write a header");
      }
      return iterator.next().getFields().stream().map(WhiteSpace::strip).toList();
    } catch (CsvParseException | IOException e) {
      throw new InputException(
          name,
          "its header cannot be read: " + e.getMessage(),
          "Check charset, separator and quote");
    }
  }

  private static Reader open(MatchResult.Metadata file, Charset charset) throws IOException {
    InputStream bytes = Channels.newInputStream(FileSystems.open(file.resourceId()));
    boolean gzip = file.resourceId().toString().endsWith(".gz");
    Reader reader =
        new BufferedReader(
            new InputStreamReader(gzip ? new GZIPInputStream(bytes) : bytes, charset));
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private String place(FeedSpec spec, String path) {
    return manifest.places().of("feeds." + spec.feed() + "." + path);
  }
}
