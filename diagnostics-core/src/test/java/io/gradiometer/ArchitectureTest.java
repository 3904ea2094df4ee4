package io.gradiometer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

/** The rooms of the core and what may go on in them. */
@AnalyzeClasses(packages = "io.gradiometer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SIGNAL = "io.gradiometer.signal";
    private static final String FINDING = "io.gradiometer.finding";
    private static final String CONFIG = "io.gradiometer.config";
    private static final String DETECTOR = "io.gradiometer.detector";
    private static final String TRACE = "io.gradiometer.trace";
    private static final String DL4J = "io.gradiometer.dl4j..";

    @ArchTest
    static final ArchRule packages_know_only_what_stands_before_them = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("signal")
            .definedBy(SIGNAL)
            .layer("finding")
            .definedBy(FINDING)
            .layer("config")
            .definedBy(CONFIG)
            .layer("detector")
            .definedBy(DETECTOR)
            .layer("trace")
            .definedBy(TRACE)
            .layer("dl4j")
            .definedBy(DL4J)
            .whereLayer("signal")
            .mayNotAccessAnyLayer()
            .whereLayer("finding")
            .mayOnlyAccessLayers("signal")
            .whereLayer("config")
            .mayOnlyAccessLayers("finding")
            .whereLayer("detector")
            .mayOnlyAccessLayers("signal", "finding", "config")
            .whereLayer("trace")
            .mayOnlyAccessLayers("signal", "finding");

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.gradiometer.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_adapter_knows_dl4j = noClasses()
            .that()
            .resideOutsideOfPackage(DL4J)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
            .because("detectors must be testable without a native backend");

    @ArchTest
    static final ArchRule measured_values_are_plain_java = noClasses()
            .that()
            .resideInAPackage(SIGNAL)
            .should()
            .dependOnClassesThat(not(
                    resideInAnyPackage(SIGNAL, "java.lang..", "java.util..", "org.apiguardian..", "org.jspecify..")))
            .because("everything reads them");

    @ArchTest
    static final ArchRule only_finding_knows_jackson = noClasses()
            .that()
            .resideOutsideOfPackage(FINDING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..")
            .because("Json is the one place where documents from outside are bounded");

    @ArchTest
    static final ArchRule public_types_carry_their_promise = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should()
            .beAnnotatedWith(API.class);

    @ArchTest
    static final ArchRule public_concrete_classes_are_final = classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            // An enum whose constants have bodies cannot be final, and needs no extension either.
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule packages_say_what_they_are_for_and_are_null_marked = classes()
            .should(new ArchCondition<JavaClass>("reside in a package whose package-info is @NullMarked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            item, marked, item.getName() + " resides in " + item.getPackageName()));
                }
            });

    @ArchTest
    static final ArchRule built_in_detectors_are_hidden = classes()
            .that()
            .resideInAPackage(DETECTOR)
            .and()
            .areAssignableTo(DETECTOR + ".Detector")
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .bePackagePrivate()
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .beAnnotatedWith(DETECTOR + ".DetectorInfo");

    @ArchTest
    static final ArchRule nobody_writes_to_the_users_console =
            noClasses().should(ACCESS_STANDARD_STREAMS).because("the console belongs to the user's program");

    @ArchTest
    static final ArchRule nobody_uses_dates_of_the_last_century = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Calendar");

    @ArchTest
    static final ArchRule chance_comes_from_a_seed = noClasses()
            .should()
            .accessTargetWhere(describe("draws without a seed", ArchitectureTest::drawsWithoutSeed))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class, SecureRandom.class)
            .because("verdicts repeat");

    @ArchTest
    static final ArchRule only_traces_touch_files = noClasses()
            .that()
            .resideOutsideOfPackage(TRACE)
            .should()
            .dependOnClassesThat(describe("open files", ArchitectureTest::opensFiles))
            .because("config reads its one file from the class path, and everybody else asks RunStore");

    @ArchTest
    static final ArchRule only_runs_tell_the_time = noClasses()
            .that()
            .resideOutsideOfPackage(DL4J)
            // A session is named by its start, where the operating system does not tell when the build began.
            .and()
            .doNotHaveFullyQualifiedName(TRACE + ".RunStore")
            .should()
            .accessTargetWhere(describe("reads a clock", ArchitectureTest::readsClock))
            .because("what is read and concluded must not depend on when");

    @ArchTest
    static final ArchRule nobody_waits_ends_the_jvm_or_prints_a_stack = noClasses()
            .should()
            .accessTargetWhere(describe("sleeps, exits or prints a stack", ArchitectureTest::disturbs));

    @ArchTest
    static final ArchRule nothing_from_outside_becomes_a_java_object =
            noClasses().should().accessTargetWhere(describe("deserialises", ArchitectureTest::deserialises));

    // Accesses and not calls: Instant::now is a reference.

    private static String name(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static boolean drawsWithoutSeed(JavaAccess<?> access) {
        boolean takesNothing = access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
        return switch (name(access)) {
            case "java.util.Random.<init>", "java.util.SplittableRandom.<init>" -> takesNothing;
            case "java.lang.Math.random", "java.lang.StrictMath.random", "java.util.UUID.randomUUID" -> true;
            case "java.util.random.RandomGenerator.getDefault" -> true;
            default -> false;
        };
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String name = name(access);
        return name.equals("java.lang.System.currentTimeMillis")
                || name.equals("java.lang.System.nanoTime")
                || (name.startsWith("java.time.") && name.endsWith(".now"))
                || name.startsWith("java.time.Clock.system");
    }

    private static boolean disturbs(JavaAccess<?> access) {
        String method = access.getTarget().getName();
        return (access.getTargetOwner().isAssignableTo(Throwable.class) && method.equals("printStackTrace"))
                || Set.of(
                                "java.lang.Thread.sleep",
                                "java.util.concurrent.TimeUnit.sleep",
                                "java.lang.System.exit",
                                "java.lang.Runtime.exit",
                                "java.lang.Runtime.halt")
                        .contains(name(access));
    }

    private static boolean deserialises(JavaAccess<?> access) {
        // The listener's own hook calls defaultReadObject, on a stream that the user opened.
        return Set.of("java.io.ObjectInputStream.<init>", "java.io.ObjectInputStream.readObject")
                .contains(name(access));
    }

    private static boolean opensFiles(JavaClass type) {
        return Set.of(
                        "java.nio.file.Files",
                        "java.nio.channels.FileChannel",
                        "java.io.File",
                        "java.io.FileInputStream",
                        "java.io.FileOutputStream",
                        "java.io.FileReader",
                        "java.io.FileWriter",
                        "java.io.RandomAccessFile")
                .contains(type.getName());
    }
}
