/** The one place that knows Deeplearning4j: the probe, its attachers, the measuring kernel and the reading of configurations. */
@NullMarked
package io.gradiometer.dl4j;

import org.jspecify.annotations.NullMarked;
