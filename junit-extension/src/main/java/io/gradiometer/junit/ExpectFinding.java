package io.gradiometer.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says that a finding must be there: found, it does not fail the test; not found, the test fails.
 *
 * <p>Implies {@link Diagnosed}. May be repeated; every expectation must be met by some network of the test. Expectations on a
 * method replace those on its class. With {@code gradiometer.expectations=ignore} the findings stay open and nothing must be
 * found.
 */
@Documented
@Inherited
@Repeatable(ExpectFindings.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(DiagnosedExtension.class)
@API(status = API.Status.EXPERIMENTAL)
public @interface ExpectFinding {

    /** Id of the finding, {@code vanishing-gradient} for instance. */
    String value();

    /** Name of the layer that must have it; empty where any will do. */
    String layer() default "";
}
