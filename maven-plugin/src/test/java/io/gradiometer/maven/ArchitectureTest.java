package io.gradiometer.maven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.apiguardian.api.API;

@AnalyzeClasses(packages = "io.gradiometer.maven", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule the_plugin_knows_nothing_of_dl4j = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "io.gradiometer.dl4j..")
            .because("the plugin reads files; its class path has no DL4J and no native library");

    @ArchTest
    static final ArchRule only_goals_know_maven = noClasses()
            .that(not(assignableTo("org.apache.maven.plugin.AbstractMojo")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.maven..")
            .because("what goals share is tested without Maven");

    // HelpMojo is generated.
    @ArchTest
    static final ArchRule public_types_are_promised_and_final = classes()
            .that()
            .arePublic()
            .and(not(simpleName("HelpMojo")))
            .should()
            .beAnnotatedWith(API.class)
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule messages_go_to_mavens_log = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    private ArchitectureTest() {}
}
