package io.autopulse.web.export;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.autopulse.web.page.Frame;
import io.autopulse.web.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pages in one file that asks for nothing else: what they show, without links to a server.
 *
 * @param parts the pages, of one run and one language
 * @param styles the style sheet
 */
public record PageFile(List<Part> parts, String styles) {
  /**
   * A page of the file.
   *
   * @param id what its elements' ids begin with
   * @param page the page
   */
  public record Part(String id, Page page) {
    /** Returns its name in the file's menu. */
    public String title() {
      return about().isEmpty() ? page.frame().title() : page.frame().title() + " " + about();
    }

    /** Returns the period and the filters. */
    public String about() {
      return Stream.concat(
              Stream.of(page.form().periods().shown()),
              page.form().chips().stream().map(Frame.Link::text))
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(" · "));
    }
  }

  /** Copies the parts. */
  public PageFile {
    parts = List.copyOf(parts);
  }

  /**
   * Makes the file's text.
   *
   * @param pages at least one
   * @param styles the style sheet
   */
  public static String html(List<Page> pages, String styles) {
    List<Part> parts = new ArrayList<>();
    for (Page page : pages) {
      parts.add(new Part(page.kind().code() + "-" + (parts.size() + 1) + "-", page));
    }
    StringOutput html = new StringOutput();
    TemplateEngine.createPrecompiled(ContentType.Html)
        .render("export.jte", new PageFile(parts, styles), html);
    return html.toString();
  }

  /** Returns what is around all of them, as it is now if any of them is of now. */
  public Frame frame() {
    return parts.stream()
        .filter(part -> part.page.state().known() == null)
        .findFirst()
        .orElse(parts.get(0))
        .page
        .frame();
  }

  /** Returns what the file is called. */
  public String title() {
    return parts.stream()
        .map(part -> part.page.frame().title())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
