/** Maven goals: they read what training runs left behind, write the page and judge; they never train. */
@NullMarked
package io.gradiometer.maven;

import org.jspecify.annotations.NullMarked;
