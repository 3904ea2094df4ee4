package io.gradiometer.benchmarks;

import java.util.Locale;

/** What watches a training. */
enum Variant {
    NOTHING("nothing"),
    DEFAULT("Gradiometer"),
    EXACT("Gradiometer, `exact`"),
    STATS_LISTENER("`StatsListener(1)`");

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Variant of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
