package io.autopulse.sink.publish;

import io.autopulse.domain.run.Inputs;
import io.autopulse.domain.run.PublishedRun;
import io.autopulse.domain.run.PublishedRuns;
import java.util.Optional;
import java.util.Set;

/**
 * What a run was computed from, so that it does not replace windows that another run has published
 * from something newer.
 *
 * @param publishedBefore the runs that had published when it began, before it read anything; empty
 *     if nobody looked: then nothing overtakes it
 * @param inputs what it was made of; empty if it is not known
 */
public record Basis(Optional<Set<String>> publishedBefore, Optional<Inputs> inputs) {
  /** The basis of a run that is not told from others. */
  static final Basis UNKNOWN = new Basis(Optional.empty(), Optional.empty());

  /** Copies the ids. */
  public Basis {
    publishedBefore = publishedBefore.map(Set::copyOf);
  }

  /** Returns the basis of a run that begins now, and does not know yet what it will read. */
  public static Basis after(PublishedRuns published) {
    return new Basis(Optional.of(published.ids()), Optional.empty());
  }

  /** Returns the basis of the run when it has read. */
  public Basis of(Optional<Inputs> read) {
    return new Basis(publishedBefore, read);
  }

  /** Returns the run that overtook a publication, if one did. */
  Optional<PublishedRun> overtaking(Publication request, PublishedRuns published) {
    return publishedBefore.flatMap(
        before ->
            request
                .replaces()
                .flatMap(
                    windows ->
                        published.overtaking(windows.table(), windows.covered(), before, inputs)));
  }
}
