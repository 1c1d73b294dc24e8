package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.schedule.WholeFile;
import io.autopulse.web.Edition;
import io.autopulse.web.export.Digest;
import io.autopulse.web.export.PageAddress;
import io.autopulse.web.page.Page;
import io.autopulse.web.state.PageState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes the dashboard to a file instead of serving it. */
final class FileOptions {
  /** How a digest is written. */
  enum Format {
    /** As mail readers show it. */
    HTML,
    /** Markdown. */
    MD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Do not serve: write the pages to one HTML file, which works offline, and end.")
  private @Nullable Path export;

  @Option(
      names = "--digest",
      paramLabel = "FORMAT",
      description = {
        "Do not serve: write the figures, what changed them and what is wrong with the data, and end.",
        "Format: html, as mail readers show it, or md for Markdown."
      })
  private @Nullable Format digest;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Where the digest goes; without it to the terminal.")
  private @Nullable Path to;

  @Option(
      names = "--page",
      paramLabel = "ADDRESS",
      description = {
        "What is written, as a browser's address has it: \"sales?period=2024-05&lang=fr\".",
        "Of an export one or several, without it every page; of a digest one overview."
      })
  private List<String> pages = List.of();

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "Write what this user of --roles may see.")
  private @Nullable String user;

  /** Tells whether a file is asked for rather than a server. */
  boolean isAsked() {
    if (export != null && digest != null) {
      throw new InputException("--digest", "cannot be written beside --export", "Call twice");
    }
    boolean asked = export != null || digest != null;
    if (!asked && (to != null || !pages.isEmpty() || user != null)) {
      throw new InputException(
          to != null ? "--to" : user != null ? "--as" : "--page",
          "is for files",
          "Add --export FILE or --digest FORMAT");
    }
    if (to != null && digest == null) {
      throw new InputException("--to " + to, "is for digests", "Name the file by --export alone");
    }
    return asked;
  }

  /** Returns the user whose part is written; empty for everything. */
  Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** Returns what is written, before anything is opened for it. */
  List<PageAddress> addresses() {
    List<PageAddress> addresses = pages.stream().map(PageAddress::parse).toList();
    if (digest != null
        && (addresses.size() > 1
            || addresses.stream().anyMatch(one -> one.kind() != Page.Kind.OVERVIEW))) {
      throw new InputException(
          "--page", "is one overview for a digest", "Such as overview?lang=fr");
    }
    if (digest != null && addresses.stream().anyMatch(one -> one.state().known() != null)) {
      throw new InputException(
          "--page", "a digest is of now", "Leave known out, or write a page with --export");
    }
    return addresses.isEmpty()
        ? Page.Kind.ofCopies().stream().map(kind -> new PageAddress(kind, PageState.START)).toList()
        : addresses;
  }

  /** Writes the file. */
  void write(Edition edition, List<PageAddress> addresses, PrintWriter out)
      throws SQLException, IOException {
    if (export != null) {
      write(export, edition.pages(addresses));
      out.printf("Run %s: %d pages in %s%n", edition.runId(), addresses.size(), export);
      return;
    }
    Digest made = edition.digest(addresses.get(0).state());
    String text = digest == Format.MD ? made.markdown() : made.html();
    if (to == null) {
      out.print(text);
    } else {
      write(to, text);
      out.printf("Run %s: a digest in %s%n", edition.runId(), to);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path whole = file.toAbsolutePath();
    try {
      WholeFile.write(whole.resolveSibling("." + whole.getFileName() + ".part"), whole, text);
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "cannot be written: " + InputException.reason(e),
          "Name a file in a folder that can be written",
          e);
    }
  }
}
