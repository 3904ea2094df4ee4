package io.gradiometer.agent;

import io.gradiometer.config.Baseline;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.dl4j.AgentKeeper;
import io.gradiometer.dl4j.Observation;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.TextFile;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every run that the agent has to write itself: those that no test extension gathers.
 *
 * <p>A run is written when its test ends, when its network is no longer in use, and at the latest when the JVM ends, in order or
 * not. Networks are held weakly.
 */
final class AgentRuns implements AgentKeeper {

    private final Options options;
    private final Configuration configuration;
    private final Supplier<Set<String>> unhooked;
    private final Console console;
    private final List<AgentRun> runs = new CopyOnWriteArrayList<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final RunStore store;
    private final Judge judge;

    /** Looked for at the first run that is written, and once more at the end: it takes a walk over all classes. */
    private @Nullable Set<String> missed;

    AgentRuns(Options options, Configuration configuration, Supplier<Set<String>> unhooked, Console console) {
        this.options = options;
        this.configuration = configuration;
        this.unhooked = unhooked;
        this.console = console;
        this.store = new RunStore(Path.of(configuration.text(Setting.OUTPUT)), configuration.text(Setting.SESSION));
        this.judge = new Judge(configuration, List.of(), baseline());
    }

    /** The program runs on without a baseline that cannot be read: its findings then count as new. */
    private Baseline baseline() {
        try {
            return Baseline.of(configuration, Path.of(""), TextFile::read);
        } catch (ConfigurationException e) {
            e.mistakes().forEach(console::say);
            return Baseline.NONE;
        }
    }

    /** Sees to it that runs are written. */
    void begin() {
        RunningTests.tellEndsTo(test -> runs.stream()
                .filter(run -> run.hasNews() && (run.isOf(test) || run.isRestless()))
                .forEach(run -> write(run, false)));
        // Without the starter's inheritable variables: this thread belongs to no test.
        Thread collector = new Thread(null, this::writeWhatIsNoLongerInUse, "gradiometer-runs", 0, false);
        collector.setDaemon(true);
        collector.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::writeAll, "gradiometer-agent-exit"));
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public boolean wants(String modelClass, String callerClass) {
        return options.wants(modelClass, callerClass);
    }

    @Override
    public boolean failsFast() {
        return options.failFast();
    }

    @Override
    public void keep(Observation observation, Object model) {
        runs.add(new AgentRun(observation, model, gone, store));
    }

    @Override
    public void trouble(Throwable fault) {
        console.say("a training went unobserved from here on: " + fault);
    }

    private void writeWhatIsNoLongerInUse() {
        try {
            while (true) {
                AgentRun run = (AgentRun) gone.remove();
                if (run.hasNews()) {
                    write(run, false);
                }
                runs.remove(run);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void writeAll() {
        missed = unhooked.get();
        for (AgentRun run : runs) {
            if (run.hasNews()) {
                write(run, run.isStillTraining());
            }
        }
        if (options.verbose()) {
            console.say(runs.size() + " runs were still in use when the JVM ended");
        }
    }

    private synchronized void write(AgentRun run, boolean brokenOff) {
        if (missed == null) {
            missed = unhooked.get();
        }
        missed.forEach(run::misses);
        try {
            run.write(judge, configuration.text(Setting.MODULE), store.session(), brokenOff);
            if (options.verbose()) {
                console.say("wrote " + run.folder());
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            console.say("runs cannot be written below " + configuration.text(Setting.OUTPUT) + " (" + e
                    + "); give the agent output=DIR");
        }
    }
}
