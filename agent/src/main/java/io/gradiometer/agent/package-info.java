/** Observes every network that trains in a JVM, from within Deeplearning4j. */
@NullMarked
package io.gradiometer.agent;

import org.jspecify.annotations.NullMarked;
