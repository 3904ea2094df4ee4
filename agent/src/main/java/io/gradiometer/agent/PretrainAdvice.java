package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.api.Model;

/** Tells that a layer is about to be pretrained by itself. */
final class PretrainAdvice {

    private PretrainAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Model model) {
        AgentEvents.pretrains(model);
    }
}
