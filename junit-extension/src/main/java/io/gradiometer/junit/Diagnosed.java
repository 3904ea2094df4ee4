package io.gradiometer.junit;

import io.gradiometer.config.FailOn;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Diagnoses every network that a test trains, and fails the test for what it finds.
 *
 * <p><b>What is observed.</b> Networks handed to {@link Recorder#watch}, networks on which the test put a {@code
 * GradiometerListener}, and with the agent every network. A test in which no network was observed fails: silence is not
 * health. Where nothing is to be observed, say so with {@link Undiagnosed}.
 *
 * <p><b>When it is judged.</b> After the test method, before its {@code @AfterEach} methods: every invocation of a
 * parameterized or repeated test and every dynamic test that trains by itself, and after all tests of a class what was observed
 * in its {@code @BeforeAll} methods. A test that fails for another reason keeps that failure, with ours
 * attached to it. An aborted test
 * stays aborted.
 *
 * <p><b>Where it applies.</b> On a test class (its subclasses and {@code @Nested} classes included), on a test method, or on an
 * annotation of your own. The nearest annotation that sets a member decides; a member left at its default counts as not set, so
 * that system properties and {@code gradiometer.properties} decide. Safe in parallel execution and with either lifecycle.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(DiagnosedExtension.class)
@API(status = API.Status.EXPERIMENTAL)
public @interface Diagnosed {

    /** From which severity on a finding fails the test. */
    FailOn failOn() default FailOn.ERROR;

    /** Ids of findings that never fail the test. */
    String[] ignore() default {};

    /** Whether the test fails when loss, finiteness or gradient flow could not be judged. */
    boolean failIfInconclusive() default false;
}
