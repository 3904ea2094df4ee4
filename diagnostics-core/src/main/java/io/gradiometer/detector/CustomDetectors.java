package io.gradiometer.detector;

import io.gradiometer.finding.FindingIds;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.Undecided;
import java.lang.annotation.AnnotationFormatError;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Detectors that users bring along, as the service loader finds them. What is wrong with one is told in the diagnosis of every
 * run: neither does it stop the others, nor is it left out in silence.
 */
final class CustomDetectors {

    /** Under which id a class is named that cannot take part. */
    static final String TROUBLE = "custom-detector";

    private static final String SERVICE_FILE = "META-INF/services/" + Detector.class.getName();

    /** A service file that cannot be read fails at every attempt; one that can has no more wrong lines than this. */
    private static final int MOST_MISTAKES = 100;

    /** Reading service files takes a look into every jar, and a test suite makes thousands of networks. */
    private static final Map<ClassLoader, SoftReference<CustomDetectors>> KNOWN =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<String, Custom> usable = new LinkedHashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final List<Undecided> troubles = new ArrayList<>();

    /**
     * A detector from outside.
     *
     * @param info what it says of itself
     * @param provider makes one for each run
     */
    record Custom(DetectorInfo info, ServiceLoader.Provider<Detector> provider) {

        String className() {
            return provider.type().getName();
        }

        Detector create() {
            return provider.get();
        }
    }

    private CustomDetectors(ClassLoader... places) {
        for (ClassLoader place : places) {
            load(place);
        }
    }

    /**
     * Returns those that this thread sees, and those beside our own classes: under an agent, and in threads of a pool, the two may
     * differ.
     */
    static CustomDetectors ofThisThread() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = CustomDetectors.class.getClassLoader();
        ClassLoader first = context == null ? own : context;
        SoftReference<CustomDetectors> known = KNOWN.get(first);
        CustomDetectors detectors = known == null ? null : known.get();
        if (detectors == null) {
            detectors = first == own ? new CustomDetectors(own) : new CustomDetectors(first, own);
            KNOWN.put(first, new SoftReference<>(detectors));
        }
        return detectors;
    }

    /** Returns those that can take part, in the order of the class path. */
    List<Custom> usable() {
        return List.copyOf(usable.values());
    }

    /** Returns what is wrong with the others. */
    List<Undecided> troubles() {
        return List.copyOf(troubles);
    }

    private void load(ClassLoader place) {
        Spliterator<ServiceLoader.Provider<Detector>> providers =
                ServiceLoader.load(Detector.class, place).stream().spliterator();
        boolean more = true;
        for (int mistakes = 0; more && mistakes < MOST_MISTAKES; ) {
            try {
                more = providers.tryAdvance(this::take);
            } catch (RuntimeException | ServiceConfigurationError | LinkageError | AnnotationFormatError e) {
                mistakes++;
                trouble("a class that loads: " + SERVICE_FILE + " leads to " + e
                        + "; correct the name there, or put the class and what it needs on the class path");
            }
        }
    }

    private void take(ServiceLoader.Provider<Detector> provider) {
        String name = provider.type().getName();
        if (seen.add(name)) {
            DetectorInfo info = provider.type().getAnnotation(DetectorInfo.class);
            String mistake = mistakeIn(info);
            if (info == null || mistake != null) {
                trouble(name + " in a form that can take part: " + mistake);
            } else {
                usable.put(info.id(), new Custom(info, provider));
            }
        }
    }

    private @Nullable String mistakeIn(@Nullable DetectorInfo info) {
        if (info == null) {
            return "it has no @DetectorInfo; annotate it with its id, summary, severity, needs and speaksFrom";
        }
        String id = info.id();
        Custom other = usable.get(id);
        if (!FindingIds.isWellFormed(id)) {
            return "its id '" + id + "' is not in lower case with hyphens, as in 'my-detector'";
        } else if (FindingIds.all().contains(id)) {
            return "its id '" + id + "' belongs to Gradiometer; choose another in its @DetectorInfo";
        }
        return other == null
                ? null
                : "its id '" + id + "' is taken by " + other.className() + "; choose another in its @DetectorInfo";
    }

    /** Two places may tell the same. */
    private void trouble(String missing) {
        Undecided trouble = new Undecided(TROUBLE, OneLine.of(missing));
        if (!troubles.contains(trouble)) {
            troubles.add(trouble);
        }
    }
}
