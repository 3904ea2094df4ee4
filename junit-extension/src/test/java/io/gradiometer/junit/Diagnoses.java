package io.gradiometer.junit;

import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Diagnoses made by hand. */
final class Diagnoses {

    private Diagnoses() {}

    static Diagnosis of(Finding... findings) {
        return new Diagnosis(run(), List.of(findings), List.of(), new Cost(0.01, 2), Map.of());
    }

    static Diagnosis undecided(String id, String missing) {
        return new Diagnosis(run(), List.of(), List.of(new Undecided(id, missing)), new Cost(0.01, 2), Map.of());
    }

    private static RunInfo run() {
        return new RunInfo(
                "FraudModelTest.trains-1",
                "FraudModelTest.trains()",
                null,
                null,
                "",
                "s",
                "MultiLayerNetwork",
                List.of("dense_0", "dense_1", "output_2"),
                120,
                "FLOAT",
                "CPU",
                7,
                50,
                1,
                Instant.EPOCH,
                true,
                "0.1.0");
    }

    static Finding vanishing(Severity severity) {
        return Finding.of("vanishing-gradient", severity, "The signal shrinks 4000-fold from 'output_2' to 'dense_0'.")
                .layers(List.of("dense_0"))
                .seen(0, 49, 10)
                .fact(Fact.of("decay per layer", 0.06, 0.3))
                .evidence("early layers hardly learn")
                .remedy(Remedy.untried("relu", "use ReLU", ""))
                .build();
    }

    static Finding exploding(Severity severity) {
        return Finding.of("exploding-gradient", severity, "Steps of 'dense_1' are 3.1 times its weights.")
                .layers(List.of("dense_1"))
                .remedy(Remedy.untried("lower-learning-rate", "learning rate 0.1 to 0.003", ""))
                .build();
    }
}
