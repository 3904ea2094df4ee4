package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;

/** Puts a listener of ours into each call of {@code fit}, beside those that the user hands to it. */
final class SameDiffAdvice {

    private SameDiffAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
            @Advice.This SameDiff network, @Advice.Argument(value = 5, readOnly = false) List<Listener> listeners) {
        listeners = AgentEvents.listeners(network, listeners);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This SameDiff network, @Advice.Thrown Throwable thrown) {
        if (thrown != null) {
            AgentEvents.failed(network);
        }
    }
}
