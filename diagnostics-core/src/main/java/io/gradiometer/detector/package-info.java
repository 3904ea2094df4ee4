/** The catalogue: one final class per defect, each a fold over steps that ends in a verdict. */
@NullMarked
package io.gradiometer.detector;

import org.jspecify.annotations.NullMarked;
