package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.dtolabs.rundeck.core.authentication.Group;
import com.dtolabs.rundeck.core.authentication.Username;
import com.dtolabs.rundeck.core.authorization.AclRuleSetAuthorization;
import com.dtolabs.rundeck.core.authorization.AclsUtil;
import com.dtolabs.rundeck.core.authorization.Attribute;
import com.dtolabs.rundeck.core.authorization.AuthorizationUtil;
import com.dtolabs.rundeck.core.authorization.Validation;
import com.dtolabs.rundeck.core.authorization.ValidationSet;
import com.dtolabs.rundeck.core.authorization.providers.YamlProvider;
import java.io.File;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the three roles may do, as Rundeck itself decides by the policies. */
class AclPolicyTest {
  private static final File POLICIES = ShippedFolder.FOLDER.resolve("acl").toFile();
  private static final AclRuleSetAuthorization RUNDECK = AclsUtil.createFromDirectory(POLICIES);

  @ParameterizedTest
  @ValueSource(strings = {"operator", "analyst", "admin"})
  void policyIsOneThatRundeckTakes(String role) {
    ValidationSet problems = new ValidationSet();
    Validation policy =
        YamlProvider.validate(
            YamlProvider.sourceFromFile(new File(POLICIES, role + ".aclpolicy"), problems),
            problems);
    problems.complete();
    assertThat(policy.toString(), policy.isValid(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "operator, read, true",
    "operator, view, true",
    "operator, run, true",
    "operator, kill, true",
    "operator, toggle_schedule, true",
    "operator, update, false",
    "operator, delete, false",
    "operator, runAs, false",
    "analyst, read, true",
    "analyst, view, true",
    "analyst, run, false",
    "analyst, kill, false",
    "analyst, toggle_schedule, false",
    "analyst, update, false",
    "analyst, delete, false",
    "admin, read, true",
    "admin, run, true",
    "admin, kill, true",
    "admin, create, true",
    "admin, update, true",
    "admin, delete, true",
    "stranger, read, false",
    "stranger, run, false"
  })
  void jobOfOurGroup(String role, String action, boolean allowed) {
    decide(role, AuthorizationUtil.resource("job", job("marts", "autopulse")), action, allowed);
  }

  @ParameterizedTest
  @CsvSource({"operator, run, false", "operator, read, false", "analyst, read, false"})
  void jobOfAnotherGroup(String role, String action, boolean allowed) {
    decide(role, AuthorizationUtil.resource("job", job("wipe", "other")), action, allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, autopulse, run, true",
    "operator, database, run, false",
    "analyst, autopulse, run, false",
    "admin, autopulse, run, true",
    "admin, database, run, false"
  })
  void node(String role, String tag, String action, boolean allowed) {
    decide(
        role,
        AuthorizationUtil.resource("node", Map.of("nodename", "n", "tags", tag)),
        action,
        allowed);
  }

  @ParameterizedTest
  @CsvSource({"operator, false", "analyst, false", "admin, false"})
  void commandThatNoFileHas(String role, boolean allowed) {
    decide(role, AuthorizationUtil.resource("adhoc", Map.of()), "run", allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, event, read, true",
    "analyst, event, read, true",
    "operator, job, create, false",
    "analyst, job, create, false",
    "admin, job, create, true",
    "admin, job, delete, true"
  })
  void kindOfThing(String role, String kind, String action, boolean allowed) {
    decide(role, AuthorizationUtil.resourceType(kind), action, allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, keys/project/autopulse/snowflake-private-key, read, true",
    "operator, keys/project/autopulse/snowflake-private-key, update, false",
    "operator, keys/project/other/password, read, false",
    "operator, keys/root, read, false",
    "analyst, keys/project/autopulse/snowflake-private-key, read, false",
    "admin, keys/project/autopulse/snowflake-private-key, create, true",
    "admin, keys/project/autopulse/snowflake-private-key, delete, true",
    "admin, keys/project/other/password, read, false"
  })
  void secretInKeyStorage(String role, String path, String action, boolean allowed) {
    decideInRundeck(
        role,
        AuthorizationUtil.resource(
            "storage", Map.of("path", path, "name", path.replaceAll(".*/", ""))),
        action,
        allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, autopulse, read, true",
    "operator, autopulse, configure, false",
    "analyst, autopulse, read, true",
    "analyst, other, read, false",
    "admin, autopulse, configure, true",
    "admin, autopulse, delete, false",
    "admin, other, read, false"
  })
  void project(String role, String project, String action, boolean allowed) {
    decideInRundeck(
        role, AuthorizationUtil.resource("project", Map.of("name", project)), action, allowed);
  }

  @Test
  void rolesHaveNoRightsInOtherProjects() {
    for (String role : Set.of("operator", "analyst", "admin")) {
      assertThat(
          RUNDECK
              .evaluate(
                  AuthorizationUtil.resource("job", job("marts", "autopulse")),
                  subject(role),
                  "read",
                  AuthorizationUtil.projectContext("other"))
              .isAuthorized(),
          is(false));
    }
  }

  private static Map<String, String> job(String name, String group) {
    return Map.of("name", name, "group", group, "uuid", "1");
  }

  private static void decide(
      String role, Map<String, String> resource, String action, boolean allowed) {
    decide(role, resource, action, AuthorizationUtil.projectContext("autopulse"), allowed);
  }

  private static void decideInRundeck(
      String role, Map<String, String> resource, String action, boolean allowed) {
    decide(role, resource, action, AuthorizationUtil.RUNDECK_APP_ENV, allowed);
  }

  private static void decide(
      String role,
      Map<String, String> resource,
      String action,
      Set<Attribute> context,
      boolean allowed) {
    assertThat(
        role + " " + action + " " + resource,
        RUNDECK.evaluate(resource, subject(role), action, context).isAuthorized(),
        is(allowed));
  }

  private static Subject subject(String role) {
    Subject subject = new Subject();
    subject.getPrincipals().add(new Username("somebody"));
    subject.getPrincipals().add(new Group("autopulse_" + role));
    return subject;
  }
}
