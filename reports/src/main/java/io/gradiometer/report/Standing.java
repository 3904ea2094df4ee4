package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.RecordedRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a run stands, worst first: what could not be seen ranks before what was seen to be well. */
enum Standing {
    SICK("✕"),
    SUSPECT("!"),
    UNREADABLE("?"),
    INCONCLUSIVE("?"),
    HEALTHY("✓");

    private final String sign;

    Standing(String sign) {
        this.sign = sign;
    }

    static Standing of(RecordedRun run) {
        Diagnosis diagnosis = run.diagnosis();
        if (diagnosis == null) {
            return UNREADABLE;
        }
        return switch (diagnosis.health()) {
            case SICK -> SICK;
            case SUSPECT -> SUSPECT;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case HEALTHY -> HEALTHY;
        };
    }

    String sign() {
        return sign;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns for instance {@code 3 training runs: 1 sick, 2 healthy}. */
    static String counts(Collection<Report.Entry> entries) {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        entries.forEach(entry -> counts.merge(of(entry.run()), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((standing, count) -> words.add(count + " " + standing.word()));
        String runs = entries.size() + (entries.size() == 1 ? " training run" : " training runs");
        return words.isEmpty() ? runs : runs + ": " + String.join(", ", words);
    }
}
