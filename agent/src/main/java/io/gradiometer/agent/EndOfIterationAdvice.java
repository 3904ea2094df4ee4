package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.api.Model;

/** Stops a training that has failed. Not suppressed, on purpose: the user has asked for the exception. */
final class EndOfIterationAdvice {

    private EndOfIterationAdvice() {}

    @Advice.OnMethodExit
    static void exit(@Advice.FieldValue("model") Model model) {
        AgentEvents.endOfIteration(model);
    }
}
