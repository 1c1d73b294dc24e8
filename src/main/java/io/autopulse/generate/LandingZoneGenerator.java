package io.autopulse.generate;

import io.autopulse.domain.problem.InputException;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.truth.KpiTruth;
import io.autopulse.generate.truth.TruthRows;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.work.OrderedWork;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SalesFeed;
import io.autopulse.generate.world.World;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an invented but realistic landing zone of sales and of the market that they are a part of,
 * the manifests that read it, and the KPIs that are true of it.
 */
public final class LandingZoneGenerator {
  /** Up to so many versions the truth lists the current sales as well. */
  private static final long MOST_CURRENT_SALES = 200_000;

  private final GenerateSpec spec;
  private final GenerateProgress progress;
  private final World world;
  private final LandingLayout layout;
  private final ReferenceFeeds reference;
  private final MarketFeeds market;
  private final List<TruthRows> rows = new ArrayList<>();
  private final List<Defect.Place> defects = new ArrayList<>();
  private long records;
  private long sales;
  private long duplicates;
  private long late;
  private long defectCount;

  private LandingZoneGenerator(GenerateSpec spec, GenerateProgress progress) {
    this.spec = spec;
    this.progress = progress;
    this.world = World.of(spec);
    this.layout = new LandingLayout(spec, world.calendar());
    this.reference = new ReferenceFeeds(world);
    this.market = new MarketFeeds(world);
  }

  /**
   * Generates a landing zone. The manifest is written last: a directory without one is unfinished.
   *
   * @throws InputException if the directory exists and is not empty, or cannot be made
   * @throws IOException if a file cannot be written
   */
  public static GenerateSummary generate(GenerateSpec spec, GenerateProgress progress)
      throws IOException {
    requireEmpty(spec.directory());
    return new LandingZoneGenerator(spec, progress).generate();
  }

  private GenerateSummary generate() throws IOException {
    write(layout.reference("vehicles"), reference.vehicles());
    write(layout.reference("dealers"), reference.dealers());
    write(layout.reference("targets"), reference.targets());
    long bytes = writeSales();
    writeMarket();
    long cells = spec.truth() ? writeTruth() : 0;
    Path manifest = spec.directory().resolve("manifest.yaml");
    Files.writeString(manifest, LandingManifest.refresh(spec, layout));
    return new GenerateSummary(
        spec.directory(),
        manifest,
        records,
        spec.versions(),
        sales,
        duplicates,
        late,
        defectCount,
        spec.models(),
        spec.dealers(),
        bytes,
        cells);
  }

  private long writeSales() throws IOException {
    SalesBlock block = new SalesBlock(world);
    try (SalesFiles files = new SalesFiles(spec, layout);
        CurrentSales current = CurrentSales.open(world, listsCurrentSales())) {
      OrderedWork.run(
          spec.threads(),
          spec.threads() * 2 + 1,
          SalesBlock.count(spec),
          block::make,
          output -> take(output, files, current));
      if (spec.format() == LandingFormat.CSV && spec.rates().defects() > 0) {
        breakLastRecords(files);
      }
      return files.bytes();
    }
  }

  private void take(SalesBlock.Output output, SalesFiles files, CurrentSales current)
      throws IOException {
    long[] before = new long[spec.files()];
    for (SalesBlock.Part part : output.parts()) {
      before[part.file()] = files.append(part);
    }
    records += output.counts().records();
    duplicates += output.counts().duplicates();
    late += output.counts().late();
    sales += output.current().size();
    market.add(output.current());
    defectCount += output.defects().size();
    if (spec.truth()) {
      rows.add(output.rows());
      current.writeAll(output.current());
      for (Defect.Place place : output.defects()) {
        defects.add(place.after(before[place.file()]));
      }
    }
    progress.report("sales", records, expectedRecords());
  }

  private void breakLastRecords(SalesFiles files) throws IOException {
    SplittableRandom random = world.random(-5);
    for (int file = 0; file < spec.files(); file++) {
      RecordBuffer record = new RecordBuffer(256);
      Defect defect = DefectInjector.writeUnclosedQuote(SalesFeed.saleId(8, file), record, random);
      long before = files.append(SalesBlock.Part.of(file, record, spec.gzip()));
      records++;
      defectCount++;
      if (spec.truth()) {
        defects.add(new Defect.Place(file, before + 1, defect.code(), defect.field()));
      }
    }
  }

  private long writeTruth() throws IOException {
    progress.report("truth", 0, spec.versions());
    Path folder = spec.directory().resolve("truth");
    Files.createDirectories(folder);
    writeDefects(folder.resolve("defects.csv"));
    writeCounts(folder.resolve("counts.csv"));
    TruthRows byPrice = TruthRows.byPrice(rows);
    rows.clear();
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("kpis.csv")), 1 << 16)) {
      return new KpiTruth(world, byPrice).write(out, spec.threads(), progress);
    }
  }

  private void writeDefects(Path path) throws IOException {
    defects.sort(null);
    String[] names = new String[spec.files()];
    for (int file = 0; file < names.length; file++) {
      names[file] = layout.sales(file);
    }
    RecordBuffer out = new RecordBuffer(1 << 16);
    out.text("file,line,code,field\n");
    for (Defect.Place place : defects) {
      out.text(names[place.file()])
          .ascii(',')
          .integer(place.line())
          .ascii(',')
          .text(place.code().name())
          .ascii(',')
          .text(place.field())
          .ascii('\n');
    }
    Files.write(path, out.toBytes());
  }

  private void writeCounts(Path path) throws IOException {
    Files.writeString(
        path,
        """
        feed,read,rejected,duplicate,superseded,current
        sales,%d,%d,%d,%d,%d
        vehicles,%d,0,0,0,%d
        dealers,%d,0,0,0,%d
        targets,%d,0,0,0,%d
        """
            .formatted(
                records,
                defectCount,
                duplicates,
                spec.versions() - sales,
                sales,
                spec.models(),
                spec.models(),
                spec.dealers(),
                spec.dealers(),
                reference.targetRecords(),
                reference.targetRecords()));
  }

  private void writeMarket() throws IOException {
    for (MarketFeeds.Extraction extraction : market.all()) {
      write(layout.market(extraction.feed(), extraction.number()), extraction.content());
    }
    Files.writeString(
        spec.directory().resolve("market.yaml"),
        LandingManifest.market(spec, layout, market.topics()));
  }

  private void write(String name, RecordBuffer content) throws IOException {
    Path path = spec.directory().resolve(name);
    Files.createDirectories(path.resolveSibling(""));
    try (OutputStream file = Files.newOutputStream(path);
        OutputStream out = spec.gzip() ? new GZIPOutputStream(file) : file) {
      content.writeTo(out);
    }
  }

  private boolean listsCurrentSales() {
    return spec.truth() && spec.versions() <= MOST_CURRENT_SALES;
  }

  private long expectedRecords() {
    return (long) (spec.versions() * (1 + spec.rates().duplicates() + spec.rates().defects()));
  }

  /** Refuses a directory that holds files already. */
  public static void requireEmpty(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw new InputException(
              "--to " + directory,
              "the directory is not empty",
              "Name a new directory, or remove that one first");
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new InputException("--to " + directory, "is a file", "Name a new directory");
    } catch (IOException e) {
      throw new InputException(
          "--to " + directory,
          "the directory cannot be made (" + e.getMessage() + ")",
          "Name one that you may write to");
    }
  }
}
