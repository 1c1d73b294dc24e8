package io.autopulse.web;

import java.io.IOException;
import java.io.Writer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that are refused before any route is looked for, such as a line that is longer
 * than the server reads: with what is wrong, and nothing of the server.
 */
final class PlainErrors extends ErrorHandler {
  PlainErrors() {
    setShowStacks(false);
    setShowCauses(false);
    setShowOrigin(false);
    setShowMessageInTitle(false);
  }

  @Override
  protected void writeErrorHtmlBody(
      Request request, Writer writer, int code, String message, @Nullable Throwable cause)
      throws IOException {
    String text =
        switch (code) {
          case 414, 431 -> RequestGuard.TOO_LONG;
          case 404 -> "There is no such page.";
          default -> "This request cannot be understood.";
        };
    writer.write("<h1>" + code + "</h1>\n<p>" + text + "</p>\n");
  }
}
