package io.gradiometer.agent;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM hands over: {@code -javaagent:gradiometer-agent.jar=output=DIR[,key=value…]}.
 *
 * <p>Registers one transformer that compares class names, and nothing more: a JVM that never loads Deeplearning4j pays for
 * nothing else.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class GradiometerAgent {

    private static final AtomicBoolean ATTACHED = new AtomicBoolean();

    private GradiometerAgent() {}

    /** Called by the JVM before the program starts. */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        attach(options, instrumentation);
    }

    /** Called by the JVM when the agent is attached to a program that runs already. */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        attach(options, instrumentation);
    }

    static boolean isAttached() {
        return ATTACHED.get();
    }

    private static void attach(@Nullable String text, Instrumentation instrumentation) {
        Console console = Console.ofThisJvm();
        try {
            if (!ATTACHED.compareAndSet(false, true)) {
                console.say("the agent is already in this JVM; the second one stands aside");
                return;
            }
            Options options = Options.parse(text == null ? "" : text);
            String core = Setting.class.getPackage().getImplementationVersion();
            String own = GradiometerAgent.class.getPackage().getImplementationVersion();
            // Classes without a jar have no version: ours, while we are being built.
            if (own != null && !own.equals(core)) {
                LastWords.say(
                        "the agent is Gradiometer " + own + ", but the class path has Gradiometer " + core
                                + "; the agent stands aside",
                        Configuration.of(options.asSource(), Configuration.Source.systemProperties()),
                        console);
                return;
            }
            for (String problem : options.problems()) {
                console.say(problem);
            }
            Attachment attachment = new Attachment(options, instrumentation, console);
            instrumentation.addTransformer(new HookTransformer(attachment), true);
            attachment.retransformWhatIsLoaded();
        } catch (RuntimeException | LinkageError e) {
            // Out of premain it would end the JVM.
            console.say("the agent could not start and observes nothing: " + e);
        }
    }
}
