package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import java.util.List;

/**
 * Where one layer's numbers lie.
 *
 * @param view what is known of it
 * @param position of its runtime layer in {@code getLayers()} of the network
 * @param source name of what feeds it, as the forward pass reports it; empty where several do
 * @param offsets of its parameters in the flat buffers, in the order of the view's parameters
 * @param signalReadable whether the back-propagated signal can be estimated from its weights' gradient
 */
record LayerSlot(LayerView view, int position, String source, List<Long> offsets, boolean signalReadable) {}
