/** What the user asked for: settings, their sources and mistakes, and the judgement built on them. */
@NullMarked
package io.gradiometer.config;

import org.jspecify.annotations.NullMarked;
