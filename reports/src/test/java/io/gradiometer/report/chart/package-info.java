@NullMarked
package io.gradiometer.report.chart;

import org.jspecify.annotations.NullMarked;
