/** What observing costs: whole iterations, memory, files, and the start of a JVM. */
@NullMarked
package io.gradiometer.benchmarks;

import org.jspecify.annotations.NullMarked;
