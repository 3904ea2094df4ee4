package io.gradiometer.report.html;

import java.util.List;
import java.util.Locale;

/** The plots of a run's page, in the order in which they are read; each knows the troubles that it shows best. */
enum Instrument {
    LOSS("loss-not-decreasing", "loss-diverging", "loss-oscillating", "overfitting", "stopped-too-early"),
    SKILL("class-collapse", "ignores-input", "slow-convergence"),
    GRADIENT("exploding-gradient", "gradient-spike", "unscaled-input", "unscaled-target", "broken-gradient"),
    HEAT("non-finite"),
    DEPTH("vanishing-gradient", "activation-too-deep", "poor-initialization", "unused-layer"),
    UPDATES("unchanged-weights", "learning-rate-too-high", "learning-rate-too-low", "updater-unsuited"),
    SILENT("dead-units"),
    FLAT("saturated-units", "activation-unsuited"),
    SPREAD("regularization-too-strong"),
    RATE(),
    CLIPPING("clipping-ineffective", "clipping-starves-batch-norm", "missing-clipping");

    // Made by List.of, so that nobody can change it.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> findings;

    Instrument(String... findings) {
        this.findings = List.of(findings);
    }

    /** Returns the plot that shows a finding; what is not seen anywhere else is seen in the loss. */
    static Instrument showing(String finding) {
        for (Instrument instrument : values()) {
            if (instrument.findings.contains(finding)) {
                return instrument;
            }
        }
        return LOSS;
    }

    /** Returns its name in texts and places. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
