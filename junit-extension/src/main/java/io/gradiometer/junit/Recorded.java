package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of one network's run.
 *
 * @param diagnosis marked, and under the test's name
 * @param trained whether the network took a step
 * @param folder of the run; null where it could not be written
 */
record Recorded(Diagnosis diagnosis, boolean trained, @Nullable Path folder) {}
