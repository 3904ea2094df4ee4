/** What was measured: the shape of a network and its training steps, as immutable values in plain Java. */
@NullMarked
package io.gradiometer.signal;

import org.jspecify.annotations.NullMarked;
