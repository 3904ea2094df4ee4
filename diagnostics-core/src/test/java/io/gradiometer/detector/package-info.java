/** Each detector fires, stays quiet and says that it cannot tell; each statistic agrees with a slow, obvious twin. */
@NullMarked
package io.gradiometer.detector;

import org.jspecify.annotations.NullMarked;
