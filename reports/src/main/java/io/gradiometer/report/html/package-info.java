/** The pages that people read, as text: no files, no clock, nothing from outside unescaped. */
@NullMarked
package io.gradiometer.report.html;

import org.jspecify.annotations.NullMarked;
