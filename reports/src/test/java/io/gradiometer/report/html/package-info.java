@NullMarked
package io.gradiometer.report.html;

import org.jspecify.annotations.NullMarked;
