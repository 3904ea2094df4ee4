package io.gradiometer.detector;

import io.gradiometer.signal.UpdaterView;

/** Learning rates that updaters are customarily run at: the defaults of Deeplearning4j and of Keras. */
final class Customary {

    private Customary() {}

    static double rate(UpdaterView updater) {
        return switch (updater.name()) {
            case "Sgd", "Nesterovs", "AdaGrad" -> 0.1;
            default -> 0.003;
        };
    }
}
