package io.gradiometer.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Switches {@link Diagnosed} and {@link ExpectFinding} off for a test method, or for a class with all that is in it.
 *
 * <p>Nothing is observed and nothing is judged. A {@link Recorder} may still be asked for: it hands models back untouched.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(DiagnosedExtension.class)
@API(status = API.Status.EXPERIMENTAL)
public @interface Undiagnosed {

    /** Why; must not be blank. */
    String value();
}
