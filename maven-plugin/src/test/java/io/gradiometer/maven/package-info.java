/** Tests of the goals' collaborators, without Maven; whole builds lie under {@code src/it}. */
@NullMarked
package io.gradiometer.maven;

import org.jspecify.annotations.NullMarked;
