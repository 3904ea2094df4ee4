package io.gradiometer.dl4j;

import io.gradiometer.signal.ModelView;

/** Turns the training events of one network into steps, each kind of network by methods of its own. Not thread-safe. */
interface NetworkProbe {

    /** Returns the network's shape. */
    ModelView view();

    /** Forgets an iteration that was begun and will not be completed. */
    void abandon();
}
