/** Programs as users write them: they know Deeplearning4j, and nothing of the agent. */
@NullMarked
package io.gradiometer.agent.programs;

import org.jspecify.annotations.NullMarked;
