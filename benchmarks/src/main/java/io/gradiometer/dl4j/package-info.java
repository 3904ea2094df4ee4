/** Benchmarks of what is hidden in the core's package of this name. */
@NullMarked
package io.gradiometer.dl4j;

import org.jspecify.annotations.NullMarked;
