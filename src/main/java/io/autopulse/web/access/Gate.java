package io.autopulse.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says who asks, by his token or as the proxy says, whose sales he may see, and whether he asks too
 * often. A proxy is believed only with its token: whoever could send requests without it could call
 * himself anybody.
 */
public final class Gate {
  private static final String SCHEME = "Bearer ";

  /** What a reader may ask for who sees a part: pages all of whose figures come from his part. */
  private static final Pattern OF_PARTS =
      Pattern.compile("/|/assets/.*|/(api/v1/)?(overview|sales|market|forecast|health)(/.*)?");

  private final Optional<String> token;
  private final Optional<Roles> roles;
  private final Optional<RateLimit> limit;

  /**
   * Makes a gate.
   *
   * @param token of the proxy, or of everybody if there are no roles
   * @param roles users; empty if everybody may see everything
   * @param perSecond requests of one reader; 0 for as many as he likes
   */
  public Gate(Optional<String> token, Optional<Roles> roles, int perSecond) {
    this(token, roles, perSecond == 0 ? Optional.empty() : Optional.of(new RateLimit(perSecond)));
  }

  private Gate(Optional<String> token, Optional<Roles> roles, Optional<RateLimit> limit) {
    this.token = token;
    this.roles = roles;
    this.limit = limit;
  }

  /** Returns the gate with other users; how often each has asked stays known. */
  public Gate with(Optional<Roles> others) {
    return new Gate(token, others, limit);
  }

  /** Returns the header that names who asks; empty if none does. */
  public Optional<String> header() {
    return roles.flatMap(Roles::header);
  }

  /**
   * Looks at a request.
   *
   * @param authorization its header; empty if it has none
   * @param named the values of the header that names who asks: one, if the proxy does its work
   * @param address from which it comes
   * @param path what it asks for
   */
  public Admission admit(
      String authorization, List<String> named, String address, String path, Instant now) {
    Admission admission = identify(authorization, named);
    if (admission instanceof Admission.Admitted admitted && limit.isPresent()) {
      String name = admitted.reader().name();
      // No user is called as an address is: a colon stands before it.
      Duration wait = limit.get().count(name.isEmpty() ? ":" + address : name, now);
      if (!wait.isZero()) {
        return new Admission.Refused(
            429, "That is too many requests at once: wait a little, then ask again.", "", wait);
      }
    }
    if (admission instanceof Admission.Admitted admitted && admitted.reader().seesNothing()) {
      return refused(
          403,
          "You are known as "
              + admitted.reader().name()
              + ", and no role shows you any sales. Ask whoever runs the dashboard for one.",
          "Vous êtes connu sous le nom "
              + admitted.reader().name()
              + ", et aucun rôle ne vous montre de ventes. Demandez-en un au responsable du tableau"
              + " de bord.");
    }
    if (admission instanceof Admission.Admitted admitted
        && admitted.reader().scope().isPresent()
        && !OF_PARTS.matcher(path).matches()) {
      return refused(
          403,
          "That is about the whole business, and your role shows you a part of it.",
          "Ceci concerne toute l'entreprise, et votre rôle vous en montre une partie.");
    }
    return admission;
  }

  private Admission identify(String authorization, List<String> named) {
    boolean isShared = token.map(known -> shows(known, authorization)).orElse(false);
    if (roles.isEmpty()) {
      return token.isEmpty() || isShared
          ? new Admission.Admitted(Reader.ANYBODY)
          : refused(401, "Show the token: Authorization: Bearer TOKEN, or let the proxy do so.");
    }
    if (isShared) {
      return asTheProxySays(roles.get(), named);
    }
    Optional<Reader> own =
        authorization.startsWith(SCHEME)
            ? roles.get().ofToken(authorization.substring(SCHEME.length()))
            : Optional.empty();
    return own.<Admission>map(Admission.Admitted::new)
        .orElseGet(
            () ->
                refused(
                    401, "Show your token: Authorization: Bearer TOKEN, or come by the proxy."));
  }

  /** Two names are one that somebody has sent and one that the proxy has added: neither counts. */
  private static Admission asTheProxySays(Roles roles, List<String> named) {
    return named.size() == 1 && !named.get(0).isBlank()
        ? new Admission.Admitted(roles.named(named.get(0).strip()))
        : refused(
            401,
            "It is not known who asks: the proxy must name him, once, in the header "
                + roles.header().orElse("of the file of roles")
                + ".");
  }

  private static Admission refused(int status, String message) {
    return refused(status, message, "");
  }

  private static Admission refused(int status, String message, String french) {
    return new Admission.Refused(status, message, french, Duration.ZERO);
  }

  /** Compares in the same time however much is right. */
  private static boolean shows(String token, String authorization) {
    return MessageDigest.isEqual(
        (SCHEME + token).getBytes(StandardCharsets.UTF_8),
        authorization.getBytes(StandardCharsets.UTF_8));
  }
}
