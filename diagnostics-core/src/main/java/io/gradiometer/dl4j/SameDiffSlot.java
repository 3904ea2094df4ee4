package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import java.util.List;

/**
 * What is read for one layer of a {@code SameDiff}.
 *
 * @param view what is known of it
 * @param variables its parameters, in the order of the view's
 * @param source variable that its weights are multiplied with; empty where the back-propagated signal cannot be told from it
 * @param output what it gives
 */
record SameDiffSlot(LayerView view, List<String> variables, String source, SameDiffOutput output) {}
