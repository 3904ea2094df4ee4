package io.gradiometer.dl4j;

import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Yardstick;
import java.util.List;

/** Turns the training events of one network into steps, each kind of network by methods of its own. Not thread-safe. */
interface NetworkProbe {

    /** Returns the network's shape. */
    ModelView view();

    /** Returns how magnitudes are spread, where that was read in the iteration that ended last. */
    List<Magnitudes> magnitudes();

    /** Returns what simple models learn from the examples seen by now; may take some hundred milliseconds, but seldom does. */
    Yardstick yardstick();

    /** Returns what was told of the network at its first gradient. */
    default Foretelling foretelling() {
        return Foretelling.NONE;
    }

    /** Forgets an iteration that was begun and will not be completed. */
    void abandon();
}
