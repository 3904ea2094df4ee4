package io.gradiometer.finding;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Every finding id that is promised: once given an id is never reused, and more may be added. */
@API(status = API.Status.EXPERIMENTAL)
public final class FindingIds {

    private static final List<String> SYMPTOMS = List.of(
            "exploding-gradient",
            "vanishing-gradient",
            "gradient-spike",
            "non-finite",
            "dead-units",
            "saturated-units",
            "loss-not-decreasing",
            "loss-diverging",
            "loss-oscillating",
            "slow-convergence",
            "unchanged-weights",
            "class-collapse",
            "ignores-input",
            "overfitting");

    private static final List<String> CAUSES = List.of(
            "learning-rate-too-high",
            "learning-rate-too-low",
            "stopped-too-early",
            "updater-unsuited",
            "poor-initialization",
            "activation-unsuited",
            "activation-too-deep",
            "unscaled-input",
            "unscaled-target",
            "labels-invalid",
            "loss-output-mismatch",
            "data-not-shuffled",
            "class-imbalance",
            "regularization-too-strong",
            "dropout-too-strong",
            "batch-too-small",
            "batch-too-large",
            "capacity-too-small",
            "missing-clipping",
            "clipping-ineffective",
            "clipping-starves-batch-norm",
            "broken-gradient",
            "missing-nonlinearity",
            "unused-layer");

    private static final List<String> ALL =
            Stream.concat(SYMPTOMS.stream(), CAUSES.stream()).toList();

    private FindingIds() {}

    /** Returns the ids of symptoms, then those of causes. */
    public static List<String> all() {
        return ALL;
    }

    /** Tells whether a detector from outside could have the id: in lower case with hyphens. */
    public static boolean isWellFormed(String id) {
        return Require.isId(id);
    }

    /** Tells whether the id names a cause; ids of detectors from outside count as symptoms. */
    public static boolean isCause(String id) {
        return CAUSES.contains(id);
    }
}
