package io.autopulse.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.web.access.Admission;
import io.autopulse.web.access.Gate;
import io.autopulse.web.access.Reader;
import io.autopulse.web.access.Roles;
import io.autopulse.web.live.LiveEvents;
import io.autopulse.web.live.LiveFeed;
import io.autopulse.web.live.LivePage;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.PageRequest;
import io.autopulse.web.page.Pages;
import io.autopulse.web.page.Section;
import io.autopulse.web.page.TableFile;
import io.autopulse.web.page.Words;
import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.Note;
import io.autopulse.web.state.PageState;
import io.autopulse.web.state.StateReader;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.sse.SseClient;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the dashboard: pages, their tables as CSV and as JSON. It reads serving copies
 * only, never the warehouse itself, so that it cannot stand in a run's way.
 */
public final class Dashboard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

  private static final int THREADS = 16;

  /** Nobody waits longer for a copy that a run has just written. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private static final String CSV = ".csv";

  private static final String READER = "reader";

  private static final Map<String, String> ASSETS =
      Map.of(
          "dashboard.css", "text/css",
          "icon.svg", "image/svg+xml",
          "live.js", "text/javascript",
          "openapi.yaml", "application/yaml");

  private final Clock clock;
  private final RequestGuard guard;
  private final Snapshots snapshots;
  private final LiveFeed live;
  private final LiveEvents events;
  private final TemplateEngine templates;
  private final Map<String, byte[]> assets = new ConcurrentHashMap<>();
  private final Javalin server;
  private volatile DashboardSettings settings;
  private volatile Gate gate;

  private Dashboard(
      DashboardSettings settings, ServingFolder folder, Clock clock, Duration patience) {
    this.settings = settings;
    this.clock = clock;
    guard = new RequestGuard(settings);
    gate = new Gate(settings.token(), settings.roles(), settings.perSecond());
    templates = TemplateEngine.createPrecompiled(ContentType.Html);
    snapshots = new Snapshots(folder, patience);
    settings.roles().ifPresent(this::warn);
    live = new LiveFeed(folder, clock);
    events = new LiveEvents(live, clock);
    server = Javalin.create(this::configure);
  }

  /**
   * Starts a server.
   *
   * @param folder the serving copies, of which there is one
   * @param clock tells how old the data are
   * @throws InputException if something else listens at the address
   */
  public static Dashboard start(DashboardSettings settings, ServingFolder folder, Clock clock) {
    return start(settings, folder, clock, PATIENCE);
  }

  /**
   * Starts a server whose pages wait another while for the next copy.
   *
   * @param patience how long a page waits for it before it shows the one before
   */
  static Dashboard start(
      DashboardSettings settings, ServingFolder folder, Clock clock, Duration patience) {
    Dashboard dashboard = new Dashboard(settings, folder, clock, patience);
    try {
      dashboard.server.start(settings.host(), settings.port());
      return dashboard;
    } catch (JavalinBindException e) {
      dashboard.close();
      throw new InputException(
          settings.host() + ":" + settings.port(),
          "the dashboard cannot listen there: " + InputException.reason(e),
          "Stop what does, or choose another port with --port, 0 for any free one",
          e);
    } catch (RuntimeException e) {
      dashboard.close();
      throw e;
    }
  }

  /**
   * Takes other users and notes, from the next request on.
   *
   * @throws InputException if the users do not go with how the server is protected
   */
  public void change(Optional<Roles> roles, List<Note> notes) {
    settings = settings.with(roles, notes);
    gate = gate.with(roles);
    roles.ifPresent(this::warn);
  }

  private void warn(Roles roles) {
    try (Snapshots.Lease lease = snapshots.take(Optional.empty())) {
      Map<Attribute, List<String>> members = lease.served().members();
      roles
          .unknown(
              members.getOrDefault(Attribute.REGION, List.of()),
              members.getOrDefault(Attribute.DEALER, List.of()))
          .forEach(LOG::warn);
    }
  }

  /** Returns where the server is. */
  public String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + server.port() + "/";
  }

  /** Tells whether somebody has the live page open, or has asked for it within the last minute. */
  public boolean isLiveAskedFor() {
    return live.isAskedFor();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.threadPool = new QueuedThreadPool(THREADS);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(2 * RequestGuard.LONGEST_URL);
        });
    config.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
    config.routes.before(this::guard);
    config.routes.get("/", context -> context.redirect("/overview" + query(context)));
    config.routes.get("/assets/{name}", this::asset);
    config.routes.get("/api/v1/{page}/{table}", context -> table(context, false));
    config.routes.sse("/live/events", this::events);
    config.routes.get("/{page}", this::page);
    config.routes.get("/{page}/{table}", context -> table(context, true));
    config.routes.exception(
        BadParameterException.class,
        (e, context) -> problem(context, 400, e.parameter(), String.valueOf(e.getMessage())));
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> problem(context, e.getStatus(), "", String.valueOf(e.getMessage())));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.error("A page failed: {}", context.path(), e);
          problem(context, 500, "", "Something unforeseen. The server's log has more.");
        });
    config.routes.error(404, context -> problem(context, 404, "", "There is no such page."));
  }

  private void guard(Context context) {
    RequestGuard.HEADERS.forEach(context::header);
    // What one reader sees is not for the next, whatever lies between.
    context.header("Cache-Control", "private, no-cache");
    Optional<RequestGuard.Refusal> refusal =
        guard.refusal(
            context.method().name(),
            header(context, "Host"),
            Optional.ofNullable(context.queryString()).orElse(""));
    if (refusal.isPresent()) {
      refuse(context, refusal.get().status(), refusal.get().message(), "");
      return;
    }
    Admission admission =
        gate.admit(
            header(context, "Authorization"),
            gate.header().map(name -> headers(context, name)).orElse(List.of()),
            context.ip(),
            context.path(),
            clock.instant());
    if (admission instanceof Admission.Admitted admitted) {
      context.attribute(READER, admitted.reader());
    } else if (admission instanceof Admission.Refused refused && !isForAll(context, refused)) {
      if (refused.status() == 401) {
        context.header("WWW-Authenticate", "Bearer");
      }
      if (!refused.after().isZero()) {
        context.header("Retry-After", String.valueOf(refused.after().toSeconds() + 1));
      }
      refuse(context, refused.status(), refused.message(), refused.french());
    }
  }

  /** What a page looks like is for whoever is told that there is nothing for him. */
  private static boolean isForAll(Context context, Admission.Refused refused) {
    return refused.status() == 403 && context.path().startsWith("/assets/");
  }

  private void refuse(Context context, int status, String message, String french) {
    problem(context, status, "", message, french);
    context.skipRemainingHandlers();
  }

  private static List<String> headers(Context context, String name) {
    return Collections.list(context.req().getHeaders(name));
  }

  private static String header(Context context, String name) {
    return Optional.ofNullable(context.header(name)).orElse("");
  }

  private static String query(Context context) {
    String query = context.queryString();
    return query == null || query.isEmpty() ? "" : "?" + query;
  }

  private void page(Context context) throws SQLException {
    Optional<Page.Kind> kind = kind(context);
    if (kind.isEmpty()) {
      context.status(404);
      return;
    }
    Page page = build(kind.get(), context, false);
    StringOutput html = new StringOutput();
    templates.render("page.jte", page, html);
    if (page.kind() == Page.Kind.LIVE) {
      context.header("Content-Security-Policy", RequestGuard.LIVE_POLICY);
    }
    context.html(html.toString());
  }

  /** Keeps a live page fresh, which names its language. */
  private void events(SseClient client) {
    PageState state = StateReader.read(client.ctx().queryParamMap());
    events.join(client, new Words(state.language(), ""));
  }

  private void table(Context context, boolean asCsv) throws SQLException {
    String name = context.pathParam("table");
    Optional<Page.Kind> kind = kind(context);
    if (kind.isEmpty() || (asCsv && !name.endsWith(CSV))) {
      context.status(404);
      return;
    }
    Page page = build(kind.get(), context, true);
    String id = asCsv ? name.substring(0, name.length() - CSV.length()) : name;
    Optional<Section> section = page.section(id);
    if (section.isEmpty()) {
      context.status(404);
      return;
    }
    TableFile file = new TableFile(page, section.get());
    if (asCsv) {
      context.header(
          "Content-Disposition",
          "attachment; filename=\"autopulse-" + page.kind().code() + "-" + id + CSV + "\"");
      context.contentType("text/csv; charset=utf-8").result(file.csv());
    } else {
      context.contentType("application/json").result(file.json());
    }
  }

  private Page build(Page.Kind kind, Context context, boolean whole) throws SQLException {
    PageState state = StateReader.read(context.queryParamMap());
    Reader reader = Objects.requireNonNull(context.attribute(READER), "nobody was admitted");
    // What is live is of now.
    Optional<KnownDay> known =
        kind == Page.Kind.LIVE
            ? Optional.empty()
            : state.knownDay(settings.zone(), clock.instant());
    try (Snapshots.Lease lease = snapshots.take(reader.scope())) {
      List<Note> notes = settings.notes();
      Once.Maker<Page> maker = () -> make(kind, state, reader, lease, known, notes, whole);
      // What is live changes each second, and a whole file is large.
      Page page =
          kind == Page.Kind.LIVE || whole
              ? maker.make()
              : lease
                  .pages()
                  .get(new MadePages.Asked(kind, state, reader.scope(), known, notes), maker);
      return kind == Page.Kind.LIVE
          ? page
          : page.seenAt(clock.instant(), lease.served().publishedAt());
    }
  }

  private Page make(
      Page.Kind kind,
      PageState state,
      Reader reader,
      Snapshots.Lease lease,
      Optional<KnownDay> known,
      List<Note> notes,
      boolean whole)
      throws SQLException {
    try (Connection connection = lease.connect(known)) {
      PageRequest request =
          new PageRequest(
              kind,
              state,
              connection,
              lease.pages(),
              lease.served(connection, known),
              reader.scope(),
              settings.sellingDays(),
              notes,
              clock.instant(),
              whole);
      return kind == Page.Kind.LIVE ? LivePage.build(request, live.latest()) : Pages.build(request);
    }
  }

  private static Optional<Page.Kind> kind(Context context) {
    return Arrays.stream(Page.Kind.values())
        .filter(kind -> kind.code().equals(context.pathParam("page")))
        .findFirst();
  }

  private void asset(Context context) {
    String name = context.pathParam("name");
    String type = ASSETS.get(name);
    if (type == null) {
      context.status(404);
      return;
    }
    context.header("Cache-Control", "max-age=3600");
    context.contentType(type).result(assets.computeIfAbsent(name, Dashboard::read));
  }

  private static byte[] read(String name) {
    try (InputStream resource = Dashboard.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with a plain page that says what is wrong, or its JSON for programs. */
  private void problem(Context context, int status, String parameter, String message) {
    problem(context, status, parameter, message, "");
  }

  private void problem(
      Context context, int status, String parameter, String message, String french) {
    context.status(status);
    if (context.path().startsWith("/api/")) {
      context
          .contentType("application/json")
          .result(TableFile.problem(parameter, message).getBytes(StandardCharsets.UTF_8));
      return;
    }
    StringOutput html = new StringOutput();
    templates.render(
        "problem.jte",
        Map.of("status", status, "parameter", parameter, "message", message, "french", french),
        html);
    context.html(html.toString());
  }

  @Override
  public void close() {
    events.close();
    server.stop();
    snapshots.close();
  }
}
