/**
 * Faulty trainings beside their healthy twins. Each test is an ordinary training program that carries what must be found in it;
 * nothing but the public API is used.
 */
@NullMarked
package io.gradiometer.examples;

import org.jspecify.annotations.NullMarked;
