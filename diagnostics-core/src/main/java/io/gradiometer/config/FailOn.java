package io.gradiometer.config;

import io.gradiometer.finding.Severity;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** From which severity on a finding fails a test or a build. */
@API(status = API.Status.EXPERIMENTAL)
public enum FailOn {
    ERROR,
    WARNING,
    INFO,
    NEVER;

    /** Returns the spelling used everywhere: {@code error}, {@code warning}, {@code info}, {@code never}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether a finding of this severity fails. */
    public boolean hits(Severity severity) {
        return switch (this) {
            case ERROR -> severity.isAtLeast(Severity.ERROR);
            case WARNING -> severity.isAtLeast(Severity.WARNING);
            case INFO -> true;
            case NEVER -> false;
        };
    }

    static Optional<FailOn> parse(String id) {
        for (FailOn failOn : values()) {
            if (failOn.id().equalsIgnoreCase(id.trim())) {
                return Optional.of(failOn);
            }
        }
        return Optional.empty();
    }
}
