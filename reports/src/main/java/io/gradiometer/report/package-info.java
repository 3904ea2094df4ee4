/** Reports: every format turns a {@link io.gradiometer.report.Report} into files of a {@link io.gradiometer.report.ReportOutput}. */
@NullMarked
package io.gradiometer.report;

import org.jspecify.annotations.NullMarked;
