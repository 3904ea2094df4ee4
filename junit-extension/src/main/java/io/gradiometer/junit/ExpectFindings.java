package io.gradiometer.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds several {@link ExpectFinding}s; the compiler writes it where that annotation is repeated. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(DiagnosedExtension.class)
@API(status = API.Status.EXPERIMENTAL)
public @interface ExpectFindings {

    /** The expectations. */
    ExpectFinding[] value();
}
