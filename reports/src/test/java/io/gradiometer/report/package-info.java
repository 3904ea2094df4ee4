@NullMarked
package io.gradiometer.report;

import org.jspecify.annotations.NullMarked;
