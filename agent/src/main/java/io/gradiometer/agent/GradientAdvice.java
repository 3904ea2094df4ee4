package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.api.Model;

/** Tells of the raw gradient, before the updater makes the update of it in the same memory. */
final class GradientAdvice {

    private GradientAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Model model) {
        AgentEvents.gradient(model);
    }
}
