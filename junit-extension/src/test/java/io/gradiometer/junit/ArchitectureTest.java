package io.gradiometer.junit;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.apiguardian.api.API;

@AnalyzeClasses(packages = "io.gradiometer.junit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    // A test hands the network itself to the recorder, with what stands behind it, and to assertions on networks.
    @ArchTest
    static final ArchRule only_the_recorder_and_assertions_on_networks_know_dl4j = noClasses()
            .that()
            .areNotAssignableTo(Recorder.class)
            .and()
            .doNotBelongToAnyOf(GradiometerAssertions.class, ModelAssert.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
            .because("everything else works on diagnoses");

    @ArchTest
    static final ArchRule only_one_class_knows_the_reports = noClasses()
            .that()
            .doNotBelongToAnyOf(ReportFiles.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.gradiometer.report..")
            .because("reports are optional: a class that knows them cannot be loaded without");

    @ArchTest
    static final ArchRule only_one_class_knows_standard_output =
            noClasses().that().doNotBelongToAnyOf(Console.class).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    // The contract for detectors is a test itself, for those who have JUnit.
    @ArchTest
    static final ArchRule no_assertion_library_comes_with_us = noClasses()
            .that()
            .doNotBelongToAnyOf(DetectorContract.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.assertj..", "org.hamcrest..", "org.junit.jupiter.api")
            .because("assertions work in any test framework");

    @ArchTest
    static final ArchRule classes_are_final = classes()
            .that()
            .areNotInterfaces()
            .and()
            .doNotHaveSimpleName("package-info")
            // The compiler makes them for a switch over an enum.
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule what_is_public_says_how_long =
            classes().that().arePublic().should(beAnnotatedWith(API.class));

    @ArchTest
    static void the_public_surface_is_what_was_promised(JavaClasses classes) {
        assertThat(classes.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder(
                        "Diagnosed",
                        "ExpectFinding",
                        "ExpectFindings",
                        "Undiagnosed",
                        "Recorder",
                        "GradiometerAssertions",
                        "DiagnosisAssert",
                        "FindingAssert",
                        "ModelAssert",
                        "DetectorContract");
    }
}
