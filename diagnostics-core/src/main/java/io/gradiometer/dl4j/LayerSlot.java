package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;

/**
 * Where one layer's numbers lie, and how they are to be read.
 *
 * @param view what is known of it
 * @param position of its runtime layer in {@code getLayers()} of the network
 * @param source name of what feeds it, as the forward pass reports it; empty where several do
 * @param output name under which the forward pass reports what it gives
 * @param offsets of its parameters in the flat buffers, in the order of the view's parameters
 * @param signalReadable whether the back-propagated signal can be estimated from its weights' gradient
 * @param activation what it applies; null if nothing
 * @param inputs units before it, 0 where that cannot be told
 * @param outputs its units or channels, 0 where that cannot be told
 * @param kept share of its outputs that a dropout in the layer behind leaves: 1 without one, NaN for noise of another kind
 */
record LayerSlot(
        LayerView view,
        int position,
        String source,
        String output,
        List<Long> offsets,
        boolean signalReadable,
        @Nullable IActivation activation,
        long inputs,
        long outputs,
        double kept) {}
