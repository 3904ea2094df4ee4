/** Real networks train here: what is measured agrees with what Deeplearning4j computes, and observing changes nothing. */
@NullMarked
package io.gradiometer.dl4j;

import org.jspecify.annotations.NullMarked;
