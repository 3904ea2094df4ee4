package io.gradiometer.agent;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Setting;
import io.gradiometer.detector.Detectors;
import io.gradiometer.dl4j.AgentSeat;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The agent in this JVM: decides at the first class of Deeplearning4j whether it can observe, and checks that it does. */
final class Attachment {

    private final Options options;
    private final Instrumentation instrumentation;
    private final Console console;
    private final ClassLoader own = Attachment.class.getClassLoader();
    private final Set<String> hooked = ConcurrentHashMap.newKeySet();
    private @Nullable Boolean observes;

    Attachment(Options options, Instrumentation instrumentation, Console console) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.console = console;
    }

    /** Returns the class with our calls in it; null where it stays as it is. */
    byte @Nullable [] hook(@Nullable ClassLoader loader, String internalName, byte[] classFile) {
        try {
            Optional<HookedClass> wanted = HookedClass.of(internalName);
            if (wanted.isEmpty() || !isSeenFrom(loader) || !observes()) {
                return null;
            }
            byte[] woven = Weaver.of(own).weave(wanted.get(), classFile, options.failFast());
            hooked.add(wanted.get().name());
            return woven;
        } catch (RuntimeException | LinkageError e) {
            console.say(internalName.replace('/', '.') + " could not be hooked (" + e + ")");
            return null;
        }
    }

    private boolean isSeenFrom(@Nullable ClassLoader loader) {
        if (loader == own) {
            return true;
        }
        LastWords.say(
                "not observed: Deeplearning4j is loaded by " + loader + ", the agent by " + own
                        + ", and neither sees the other's classes; put both on one class path",
                configuration(),
                console);
        return false;
    }

    /** Decides once, on the thread that loads the first class to be hooked. */
    private synchronized boolean observes() {
        if (observes == null) {
            // Should anything below fail, it has been decided.
            observes = false;
            observes = sitDown();
        }
        return observes;
    }

    private boolean sitDown() {
        Configuration configuration = configuration();
        if (configuration.flag(Setting.SKIP)) {
            return false;
        }
        List<String> missing = Weaver.of(own).missing();
        if (!missing.isEmpty()) {
            LastWords.say(
                    "not observed: this is not the Deeplearning4j 1.0.0-M2.1 that the agent knows ("
                            + String.join(", ", missing) + "); the agent stands aside",
                    configuration,
                    console);
            return false;
        }
        AgentRuns runs = new AgentRuns(options, configuration, this::unhooked, console);
        runs.begin();
        AgentSeat.take(runs);
        if (options.verbose()) {
            console.say("observes this JVM, runs go to " + configuration.text(Setting.OUTPUT));
        }
        return true;
    }

    /** Reads the settings; what is wrong with them is told and left out, for the program has to run. */
    private Configuration configuration() {
        List<Configuration.Source> sources = new ArrayList<>();
        sources.add(options.asSource());
        sources.add(Configuration.Source.systemProperties());
        try {
            sources.add(Configuration.Source.file(own));
        } catch (ConfigurationException e) {
            console.say(String.valueOf(e.getMessage()));
        }
        Configuration configuration = Configuration.of(sources);
        try {
            Detectors.check(configuration);
        } catch (ConfigurationException e) {
            console.say(e.getMessage() + "; the agent goes on without");
        }
        return configuration;
    }

    /** Hooks classes that were there before the agent was. */
    void retransformWhatIsLoaded() {
        for (Class<?> loaded : loadedWithoutHooks()) {
            try {
                instrumentation.retransformClasses(loaded);
            } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
                console.say(loaded.getName() + " could not be hooked (" + e + ")");
            }
        }
    }

    private List<Class<?>> loadedWithoutHooks() {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (HookTransformer.mayBeHooked(type.getName().replace('.', '/'))
                    && HookedClass.isHooked(type)
                    && !hooked.contains(type.getName())) {
                loaded.add(type);
            }
        }
        return loaded;
    }

    /** Returns what should have been hooked and is not, after telling the user: runs of it are not, or only in part, observed. */
    Set<String> unhooked() {
        Set<String> names = new TreeSet<>();
        if (hooked.size() < HookedClass.ALL.size()) {
            loadedWithoutHooks().forEach(type -> names.add(type.getName()));
        }
        names.forEach(name -> console.say(name + " was loaded without the agent's hooks; trainings may go unseen"));
        return names;
    }
}
