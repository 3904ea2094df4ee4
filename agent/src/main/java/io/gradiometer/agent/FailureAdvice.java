package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.api.Model;

/** Tells that a training loop has ended in an exception, be it the data's, a listener's or the network's. */
final class FailureAdvice {

    private FailureAdvice() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Model model, @Advice.Thrown Throwable thrown) {
        if (thrown != null) {
            AgentEvents.failed(model);
        }
    }
}
