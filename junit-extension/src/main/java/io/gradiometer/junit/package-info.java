/** Unit tests for training: annotations, a recorder for tests, and assertions on diagnoses. */
@NullMarked
package io.gradiometer.junit;

import org.jspecify.annotations.NullMarked;
