package io.autopulse.operations.metabase;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.metabase.Content.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the files by themselves: what Metabase's own validator passes over, and Metabase shows as
 * a broken card or a filter without effect. Each problem begins with the name of its check.
 */
public final class ContentLint {
  private final ContentFolder folder;
  private final Optional<Measures> measures;
  private final List<InputException> problems = new ArrayList<>();

  /**
   * Makes the checks; nothing is checked yet.
   *
   * @param measures the list that the SQL of questions is held to
   */
  public ContentLint(ContentFolder folder, Optional<Measures> measures) {
    this.folder = folder;
    this.measures = measures;
  }

  /** Returns every problem, in the order of the files. */
  public List<InputException> problems() {
    identities();
    for (Content content : folder.contents()) {
      KeyRules.check(content, problems);
      placement(content);
      switch (content.kind()) {
        case COLLECTION -> {}
        case CARD -> {
          SqlRules.check(content, problems);
          measures.ifPresent(list -> list.check(content, problems));
        }
        case DASHBOARD -> new DashboardRules(content, folder, problems).check();
      }
    }
    unused();
    return problems;
  }

  /**
   * Checks the files.
   *
   * @throws InputException with every problem
   */
  public void check() {
    List<InputException> found = problems();
    if (!found.isEmpty()) {
      throw InputException.all(found);
    }
  }

  private void identities() {
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Content content : folder.contents()) {
      String id = content.id();
      if (!id.matches("[A-Za-z0-9_-]{21}") || !ids.add(content.kind() + id)) {
        problems.add(
            content.problem(
                "entity_id",
                "identity: " + id + " is not the identity of this file alone",
                "Write 21 letters, digits, _ and - of its own"));
      }
      if (!content.document().path("serdes/meta").path(0).path("id").asText().equals(id)) {
        problems.add(
            content.problem(
                "serdes/meta",
                "identity: it names another identity than entity_id",
                "Write " + id));
      }
      if (!names.add(
          content.kind()
              + content.text("collection_id")
              + content.text("parent_id")
              + content.name())) {
        problems.add(
            content.problem(
                "name",
                "identity: another " + content.kind().path() + " of the collection has this name",
                "Give each a name of its own"));
      }
    }
  }

  private void placement(Content content) {
    String key = content.kind() == Kind.COLLECTION ? "parent_id" : "collection_id";
    String parent = content.text(key);
    boolean mayBeNone = content.kind() == Kind.COLLECTION;
    if (parent.isEmpty() ? !mayBeNone : folder.find(Kind.COLLECTION, parent).isEmpty()) {
      problems.add(
          content.problem(
              key,
              "dangling-reference: no file has the collection " + parent,
              "Name a collection of the folder by its entity_id"));
    }
  }

  private void unused() {
    Set<String> used = new HashSet<>();
    for (Content dashboard : folder.of(Kind.DASHBOARD)) {
      dashboard.list("dashcards").forEach(one -> used.add(one.path("card_id").asText()));
      dashboard
          .list("parameters")
          .forEach(one -> used.add(one.path("values_source_config").path("card_id").asText()));
    }
    for (Content card : folder.of(Kind.CARD)) {
      if (!used.contains(card.id())) {
        problems.add(
            card.problem(
                "", "unused-card: no dashboard shows it", "Put it on one, or remove the file"));
      }
    }
  }
}
