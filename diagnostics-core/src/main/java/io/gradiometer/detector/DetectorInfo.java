package io.gradiometer.detector;

import io.gradiometer.finding.Severity;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/** What a detector says of itself; its page, the catalogue and the collector read it. */
@API(status = API.Status.EXPERIMENTAL)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DetectorInfo {

    /** Id of its findings: kebab-case, never reused. */
    String id();

    /** The defect in one line. */
    String summary();

    /** The gravest it ever reports. */
    Severity severity();

    Signal[] needs();

    /** From how many steps it can speak. */
    int speaksFrom();
}
