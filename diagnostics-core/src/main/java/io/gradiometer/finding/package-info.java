/** What was concluded: verdicts, findings with their remedies, and the diagnosis that page, gate and failing test all read. */
@NullMarked
package io.gradiometer.finding;

import org.jspecify.annotations.NullMarked;
