package io.gradiometer.detector;

/** The one way to say that a run was too short. */
final class StepsMissing {

    private StepsMissing() {}

    static String words(int needed, int seen) {
        if (seen == 0) {
            return "training: not one iteration was seen";
        }
        int missing = needed - seen;
        return missing + (missing == 1 ? " more iteration" : " more iterations") + " (" + seen + " seen, " + needed
                + " needed)";
    }
}
