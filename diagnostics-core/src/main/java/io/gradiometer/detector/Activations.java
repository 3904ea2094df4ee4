package io.gradiometer.detector;

import java.util.Map;
import java.util.Set;

/** What is known of activations by their names. */
final class Activations {

    /** Those that level off at both ends. */
    static final Set<String> SQUASHING =
            Set.of("sigmoid", "hardsigmoid", "tanh", "hardtanh", "softsign", "rationaltanh", "rectifiedtanh");

    private static final Range UNIT = new Range(0, 1);
    private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final Range POSITIVE = new Range(0, Double.POSITIVE_INFINITY);

    private static final Map<String, Range> RANGES = Map.ofEntries(
            Map.entry("sigmoid", UNIT),
            Map.entry("hardsigmoid", UNIT),
            Map.entry("softmax", UNIT),
            Map.entry("tanh", new Range(-1, 1)),
            Map.entry("hardtanh", new Range(-1, 1)),
            Map.entry("softsign", new Range(-1, 1)),
            Map.entry("rationaltanh", new Range(-1.7159, 1.7159)),
            Map.entry("rectifiedtanh", UNIT),
            Map.entry("relu", POSITIVE),
            Map.entry("relu6", new Range(0, 6)),
            Map.entry("thresholdedrelu", POSITIVE),
            Map.entry("softplus", POSITIVE),
            Map.entry("elu", new Range(-1, Double.POSITIVE_INFINITY)),
            Map.entry("selu", new Range(-1.7581, Double.POSITIVE_INFINITY)));

    private Activations() {}

    /** Outputs that an activation can give. */
    record Range(double low, double high) {

        boolean isBounded() {
            return Double.isFinite(low) || Double.isFinite(high);
        }

        double distance(double value) {
            return Math.max(0, Math.max(low - value, value - high));
        }
    }

    /** Tells whether an activation grows faster than linearly. */
    static boolean growsFast(String activation) {
        return activation.equals("cube") || activation.contains("exp");
    }

    /** Returns the range of an activation; of one that is not known, everything. */
    static Range rangeOf(String activation) {
        return RANGES.getOrDefault(activation, ANY);
    }
}
