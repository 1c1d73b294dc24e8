package io.autopulse.web.export;

import io.autopulse.domain.problem.InputException;
import io.autopulse.web.page.Page;
import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.PageState;
import io.autopulse.web.state.StateReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A page and what it shows, as the address bar of a browser has it.
 *
 * @param kind which page
 * @param state what it shows
 */
public record PageAddress(Page.Kind kind, PageState state) {
  /**
   * Reads an address: {@code sales?period=2024-05&region=CORSE}, as it is or with the server before
   * it.
   *
   * @throws InputException if there is no such page or a parameter cannot be understood
   */
  public static PageAddress parse(String text) {
    String address = text.replaceFirst("^https?://[^/]*", "").replaceFirst("#.*$", "");
    int mark = address.indexOf('?');
    String path = (mark < 0 ? address : address.substring(0, mark)).replaceFirst("^/", "");
    String query = mark < 0 ? "" : address.substring(mark + 1);
    Optional<Page.Kind> kind =
        Page.Kind.ofCopies().stream().filter(one -> one.code().equals(path)).findFirst();
    try {
      return new PageAddress(
          kind.orElseThrow(
              () ->
                  new InputException(
                      "--page " + text,
                      "there is no page \"" + path + "\"",
                      "Pages: "
                          + Page.Kind.ofCopies().stream()
                              .map(Page.Kind::code)
                              .collect(Collectors.joining(", ")))),
          StateReader.read(parameters(query)));
    } catch (BadParameterException e) {
      throw unreadable(text, e);
    } catch (IllegalArgumentException e) {
      throw new InputException("--page " + text, "is no address: " + e.getMessage(), "");
    }
  }

  /** Returns what is wrong with an address as the command line says it. */
  public static InputException unreadable(String text, BadParameterException problem) {
    return new InputException(
        "--page " + text, problem.parameter() + ": " + problem.getMessage(), "");
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
