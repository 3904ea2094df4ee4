package io.gradiometer.finding;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One observed number behind a finding.
 *
 * @param key what was observed, in words: {@code update ratio}
 * @param value as observed, possibly NaN or infinite
 * @param limit that it was held against; null where there is none
 */
@API(status = API.Status.EXPERIMENTAL)
public record Fact(String key, double value, @Nullable Double limit) {

    public Fact {
        Require.text(key, "a fact's key");
    }

    public static Fact of(String key, double value) {
        return new Fact(key, value, null);
    }

    public static Fact of(String key, double value, double limit) {
        return new Fact(key, value, limit);
    }
}
