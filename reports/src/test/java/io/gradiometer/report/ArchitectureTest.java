package io.gradiometer.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import org.apiguardian.api.API;

@AnalyzeClasses(packages = "io.gradiometer.report", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule reports_never_know_dl4j = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gradiometer.dl4j..", "org.deeplearning4j..", "org.nd4j..")
            .because("pages are also written by a Maven plugin that has nothing of it on its class path");

    @ArchTest
    static final ArchRule pages_and_plots_know_no_files = noClasses()
            .that()
            .resideInAnyPackage("..report.html..", "..report.chart..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Files.class)
            .because("formats write to an output");

    @ArchTest
    static final ArchRule plots_know_nothing_of_pages = noClasses()
            .that()
            .resideInAPackage("..report.chart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..report.html..", "j2html..");

    @ArchTest
    static final ArchRule pages_know_nothing_of_drawing = noClasses()
            .that()
            .resideOutsideOfPackage("..report.chart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jfree..", "org.apache.batik..", "java.awt..", "javax.imageio..")
            .because("without fonts these fail, and only the chart package expects it");

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.gradiometer.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule public_types_are_promises =
            classes().that().arePublic().and().areTopLevelClasses().should().beAnnotatedWith(API.class);

    @ArchTest
    static final ArchRule classes_are_final = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule nothing_is_printed = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
