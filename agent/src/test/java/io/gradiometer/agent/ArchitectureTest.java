package io.gradiometer.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apiguardian.api.API;

@AnalyzeClasses(packages = "io.gradiometer.agent", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule only_advice_knows_dl4j = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Advice")
            .and()
            .resideInAPackage("io.gradiometer.agent")
            .and()
            .doNotBelongToAnyOf(ForwardAdvice.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
            .because("a class that is loaded while another is being hooked escapes its hooks");

    @ArchTest
    static final ArchRule what_every_program_loads_knows_no_byte_buddy = noClasses()
            .that(belongToAnyOf(
                    GradiometerAgent.class, HookTransformer.class, Options.class, Console.class, Attachment.class))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.bytebuddy..")
            .because("a program that never trains pays for nothing");

    @ArchTest
    static final ArchRule public_types_are_promised_and_final = classes()
            .that()
            .arePublic()
            .should()
            .beAnnotatedWith(API.class)
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    private ArchitectureTest() {}
}
