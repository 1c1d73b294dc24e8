package io.autopulse;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dependencies point one way: cli, operations, pipeline, then source, transform, sink and report,
 * then warehouse, then domain. Rooms of one floor do not know each other.
 */
@AnalyzeClasses(packages = "io.autopulse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> SHARED_VALUES =
      Set.of(
          "io.autopulse.domain.problem",
          "io.autopulse.domain.calendar",
          "io.autopulse.domain.sale",
          "io.autopulse.domain.sale.block",
          "io.autopulse.domain.market");

  private static final String FEED = "io.autopulse.domain.feed.Feed";

  /** More files than this, and nobody finds one by reading the list. */
  private static final int MOST_CLASSES = 20;

  @ArchTest
  static final ArchRule LAYERS_POINT_ONE_WAY =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.autopulse..")
          .layer("cli")
          .definedBy("io.autopulse.cli..")
          .layer("generate")
          .definedBy("io.autopulse.generate..")
          .layer("operations")
          .definedBy("io.autopulse.operations..")
          .layer("pipeline")
          .definedBy("io.autopulse.pipeline..")
          .layer("source")
          .definedBy("io.autopulse.source..")
          .layer("transform")
          .definedBy("io.autopulse.transform..")
          .layer("sink")
          .definedBy("io.autopulse.sink..")
          .layer("web")
          .definedBy("io.autopulse.web..")
          .layer("report")
          .definedBy("io.autopulse.report..")
          .layer("warehouse")
          .definedBy("io.autopulse.warehouse..")
          .layer("domain")
          .definedBy("io.autopulse.domain..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("generate")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("generate")
          .mayOnlyAccessLayers("domain")
          .whereLayer("operations")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("operations")
          .mayOnlyAccessLayers("pipeline", "report", "warehouse", "domain")
          .whereLayer("pipeline")
          .mayOnlyBeAccessedByLayers("cli", "operations")
          .whereLayer("source")
          .mayOnlyAccessLayers("warehouse", "domain")
          .whereLayer("transform")
          .mayOnlyAccessLayers("domain")
          .whereLayer("sink")
          .mayOnlyAccessLayers("warehouse", "domain")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("web")
          .mayOnlyAccessLayers("report", "warehouse", "domain")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "web")
          .whereLayer("report")
          .mayOnlyAccessLayers("warehouse", "domain")
          .whereLayer("warehouse")
          .mayOnlyAccessLayers("domain")
          .whereLayer("domain")
          .mayNotAccessAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule DOMAIN_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("io.autopulse.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.autopulse.domain..", "java..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule DOMAIN_SIBLINGS_SHARE_VALUES_ONLY =
      slices()
          .assignedFrom(new DomainPackages())
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("io.autopulse.domain.."),
              DescribedPredicate.describe("values that all may use", ArchitectureTest::isShared));

  @ArchTest
  static final ArchRule SHARED_VALUES_KNOW_NO_RULES =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED_VALUES.toArray(new String[0]))
          .should()
          .dependOnClassesThat(
              are(
                  resideInAPackage("io.autopulse.domain..")
                      .and(
                          not(
                              DescribedPredicate.describe(
                                  "shared values", ArchitectureTest::isShared)))));

  private static boolean isShared(JavaClass value) {
    return SHARED_VALUES.contains(value.getPackageName()) || value.getFullName().equals(FEED);
  }

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.autopulse.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule KINDS_OF_PUBLICATIONS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("io.autopulse.sink.publish.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule JOBS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .assignedFrom(
              new Rooms("io.autopulse.pipeline", Set.of("sales", "market", "trend", "forecast")))
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule OPERATIONS_KNOW_OF_PIPELINES_ONLY_THEIR_YAML =
      noClasses()
          .that()
          .resideInAPackage("io.autopulse.operations..")
          .should()
          .dependOnClassesThat(
              are(
                  resideInAPackage("io.autopulse.pipeline..")
                      .and(resideOutsideOfPackage("io.autopulse.pipeline.yaml.."))));

  @ArchTest
  static final ArchRule OPERATIONS_DO_NOT_KNOW_BEAM =
      noClasses()
          .that()
          .resideInAPackage("io.autopulse.operations..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule ROOMS_OF_OPERATIONS_SHARE_SCHEDULES_ONLY =
      slices()
          .assignedFrom(new Rooms("io.autopulse.operations", Set.of("job", "rundeck", "health")))
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule SOURCES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .assignedFrom(
              new Rooms("io.autopulse.source", Set.of("jdbc", "topic", "warehouse", "follow")))
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule WAREHOUSES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .assignedFrom(new Rooms("io.autopulse.warehouse", Set.of("duckdb", "snowflake")))
          .should()
          .notDependOnEachOther();

  @ArchTest
  static void packagesHoldFewClasses(JavaClasses classes) {
    Map<String, Long> crowded =
        classes.stream()
            .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    crowded.values().removeIf(count -> count <= MOST_CLASSES);
    assertThat(crowded, is(anEmptyMap()));
  }

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_THE_TERMINAL_AND_THE_CLOCK =
      noClasses()
          .that(are(resideOutsideOfPackage("io.autopulse.cli..")))
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "the terminal, the exit or the clock of the process",
                  (JavaAccess<?> access) -> isOfTheProcess(access.getTarget())));

  private static boolean isOfTheProcess(AccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.System" ->
          Set.of("out", "err", "in", "exit", "currentTimeMillis").contains(name);
      case "java.lang.Runtime" -> Set.of("exit", "halt").contains(name);
      case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
      default -> owner.startsWith("java.time.") && name.equals("now");
    };
  }

  @ArchTest
  static final ArchRule LOGS_GO_THROUGH_SLF4J =
      noClasses()
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "java.util.logging",
                  (JavaAccess<?> access) ->
                      access.getTargetOwner().getPackageName().equals("java.util.logging")));

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager");

  /** A slice each part of the domain, whatever rooms it has. */
  private static final class DomainPackages implements SliceAssignment {
    private static final String DOMAIN = "io.autopulse.domain.";

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getPackageName();
      return name.startsWith(DOMAIN)
          ? SliceIdentifier.of(name.substring(DOMAIN.length()).split("\\.")[0])
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "parts of the domain";
    }
  }

  /** A slice each named room of a floor. */
  private record Rooms(String floor, Set<String> rooms) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getPackageName();
      String room =
          name.startsWith(floor + ".") ? name.substring(floor.length() + 1).split("\\.")[0] : "";
      return rooms.contains(room) ? SliceIdentifier.of(room) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "rooms of " + floor;
    }
  }
}
