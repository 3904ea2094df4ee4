package io.gradiometer.report.html;

import io.gradiometer.finding.Health;
import java.util.Locale;
import org.apiguardian.api.API;

/** How a run stands, worst first: what could not be seen ranks before what was seen to be well. */
@API(status = API.Status.INTERNAL)
public enum Outcome {
    SICK("✕"),
    SUSPECT("!"),
    UNREADABLE("?"),
    INCONCLUSIVE("?"),
    HEALTHY("✓");

    private final String sign;

    Outcome(String sign) {
        this.sign = sign;
    }

    static Outcome of(Health health) {
        return switch (health) {
            case SICK -> SICK;
            case SUSPECT -> SUSPECT;
            case HEALTHY -> HEALTHY;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    /** Returns a sign that tells outcomes apart without colour. */
    String sign() {
        return sign;
    }

    /** Returns the word, which is also its style class. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
