/** Every way to train a network with Deeplearning4j, as programs that know nothing of any diagnostics. */
@NullMarked
package io.gradiometer.loops;

import org.jspecify.annotations.NullMarked;
