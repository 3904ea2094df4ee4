/** Plots of a trace, drawn by JFreeChart as SVG that stands in a page and follows its colours. */
@NullMarked
package io.gradiometer.report.chart;

import org.jspecify.annotations.NullMarked;
