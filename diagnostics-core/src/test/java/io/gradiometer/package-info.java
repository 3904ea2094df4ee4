/** Builders that tests of every package share: networks, steps and runs, healthy unless a test says otherwise. */
@NullMarked
package io.gradiometer;

import org.jspecify.annotations.NullMarked;
