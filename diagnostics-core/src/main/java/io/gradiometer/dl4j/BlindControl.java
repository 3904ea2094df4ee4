package io.gradiometer.dl4j;

import io.gradiometer.finding.Change;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A change that knows nothing of the diagnosis. A remedy that is no better than these is no better than chance, which is what
 * Kim et al. (2023) found of published repair.
 *
 * @param name in sentences
 * @param regimen the training with it
 */
record BlindControl(String name, Regimen regimen) {

    private static final double DECADES = 4;

    /** Returns plain descent, Adam, and the network's own updater with a learning rate that is drawn. */
    static List<BlindControl> of(Regimen regimen, TrialData data, long seed) {
        double rate = Math.pow(10, -DECADES * new Random(seed).nextDouble());
        List<BlindControl> controls = new ArrayList<>();
        controls.add(control("plain descent at 0.1", "sgd", 0.1, regimen, data));
        controls.add(control("Adam at 0.001", "adam", 1e-3, regimen, data));
        String drawn = "a learning rate of " + Numbers.format(rate) + ", which was drawn";
        BlindControl own;
        try {
            own = control(drawn, "lower-learning-rate", rate, regimen, data);
        } catch (UnfitException withoutRate) {
            own = control("Adam at " + Numbers.format(rate) + ", which was drawn", "adam", rate, regimen, data);
        }
        controls.add(own);
        return controls;
    }

    private static BlindControl control(String name, String id, double rate, Regimen regimen, TrialData data) {
        Remedy change = Remedy.untried(id, name, "", Change.of("learning-rate", rate));
        return new BlindControl(name, Treatments.apply(regimen, change, data));
    }

    BlindControl forLength(double length) {
        return new BlindControl(name, regimen.forLength(length));
    }
}
