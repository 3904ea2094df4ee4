package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.api.Model;

/** Tells that an iteration is done: put where every optimiser counts it, after its listeners and before constraints. */
final class DoneAdvice {

    private DoneAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Model model) {
        AgentEvents.done(model);
    }
}
