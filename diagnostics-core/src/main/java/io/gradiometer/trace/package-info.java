/** A run kept in bounded memory and on disk, read back without Deeplearning4j. */
@NullMarked
package io.gradiometer.trace;

import org.jspecify.annotations.NullMarked;
