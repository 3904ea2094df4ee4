package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of one network's run.
 *
 * @param diagnosis marked, and under the test's name
 * @param trained whether the network took a step, or would have been seen to if observing had not broken
 * @param silence why no step was seen, where none was
 * @param folder of the run; null where it could not be written
 */
record Recorded(Diagnosis diagnosis, boolean trained, String silence, @Nullable Path folder) {}
