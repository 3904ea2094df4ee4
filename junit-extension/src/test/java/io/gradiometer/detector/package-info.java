/** Tests that reach the built-in detectors, which are hidden, from beside the contract that everybody else's have to keep. */
@NullMarked
package io.gradiometer.detector;

import org.jspecify.annotations.NullMarked;
