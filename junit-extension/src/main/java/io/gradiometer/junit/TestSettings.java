package io.gradiometer.junit;

import io.gradiometer.config.Baseline;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Expectation;
import io.gradiometer.config.FailOn;
import io.gradiometer.config.Setting;
import io.gradiometer.config.Suggestion;
import io.gradiometer.detector.Detectors;
import io.gradiometer.trace.TextFile;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What annotations, system properties and the file together ask of a test.
 *
 * @param configuration in which the nearest annotation counts most
 * @param expectations of the nearest element that states any
 * @param off why nothing is diagnosed; empty where it is
 */
record TestSettings(Configuration configuration, List<Expectation> expectations, String off) {

    static TestSettings of(ExtensionContext context) {
        Set<AnnotatedElement> elements = nearestFirst(context);
        Configuration configuration = configuration(elements);
        if (configuration.flag(Setting.SKIP)) {
            return new TestSettings(configuration, List.of(), Setting.SKIP.key() + "=true");
        }
        List<String> mistakes = new ArrayList<>();
        String off = "";
        List<Expectation> expectations = new ArrayList<>();
        for (AnnotatedElement element : elements) {
            off = off.isEmpty() ? undiagnosed(element, mistakes) : off;
            if (expectations.isEmpty()) {
                expectations.addAll(expectations(element, mistakes));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(joined(mistakesIn(configuration), mistakes));
        }
        return new TestSettings(configuration, expectations, off);
    }

    /** A scope checks the same when it opens, but then the mistakes in annotations would have to wait for the next run. */
    private static List<String> mistakesIn(Configuration configuration) {
        try {
            Detectors.check(configuration);
            return List.of();
        } catch (ConfigurationException e) {
            return e.mistakes();
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.of(first, second).flatMap(List::stream).toList();
    }

    /** Tells whether an annotation switched diagnosing off, and not the property that keeps us out of everything. */
    boolean undiagnosed() {
        return !off.isEmpty() && !configuration.flag(Setting.SKIP);
    }

    /**
     * Returns what was known before.
     *
     * @throws ConfigurationException if it cannot be read
     */
    Baseline baseline() {
        return Baseline.of(configuration, Path.of(""), TextFile::read);
    }

    private static Set<AnnotatedElement> nearestFirst(ExtensionContext context) {
        Set<AnnotatedElement> elements = new LinkedHashSet<>();
        Optional<ExtensionContext> next = Optional.of(context);
        while (next.isPresent()) {
            next.get().getElement().ifPresent(elements::add);
            next = next.get().getParent();
        }
        return elements;
    }

    private static Configuration configuration(Set<AnnotatedElement> elements) {
        List<Configuration.Source> sources = new ArrayList<>();
        for (AnnotatedElement element : elements) {
            AnnotationSupport.findAnnotation(element, Diagnosed.class)
                    .ifPresent(diagnosed -> sources.add(source(diagnosed, element)));
        }
        sources.add(Configuration.Source.systemProperties());
        ClassLoader classPath = Thread.currentThread().getContextClassLoader();
        sources.add(Configuration.Source.file(classPath == null ? ClassLoader.getSystemClassLoader() : classPath));
        return Configuration.of(sources);
    }

    /** A member at its default says nothing, or it would override system properties and the file. */
    private static Configuration.Source source(Diagnosed diagnosed, AnnotatedElement element) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (diagnosed.failOn() != FailOn.ERROR) {
            settings.put(Setting.FAIL_ON.key(), diagnosed.failOn().id());
        }
        if (diagnosed.ignore().length > 0) {
            settings.put(Setting.IGNORE.key(), String.join(",", diagnosed.ignore()));
        }
        if (diagnosed.failIfInconclusive()) {
            settings.put(Setting.FAIL_IF_INCONCLUSIVE.key(), "true");
        }
        return new Configuration.Source("@Diagnosed on " + nameOf(element), settings);
    }

    private static String undiagnosed(AnnotatedElement element, List<String> mistakes) {
        Optional<Undiagnosed> undiagnosed = AnnotationSupport.findAnnotation(element, Undiagnosed.class);
        if (undiagnosed.isEmpty()) {
            return "";
        }
        String place = "@Undiagnosed on " + nameOf(element);
        String reason = undiagnosed.get().value();
        if (reason.isBlank()) {
            mistakes.add(place + ": the reason is blank; say why nothing is diagnosed there");
        }
        return place + ": " + reason;
    }

    private static List<Expectation> expectations(AnnotatedElement element, List<String> mistakes) {
        List<Expectation> expectations = new ArrayList<>();
        for (ExpectFinding expected : AnnotationSupport.findRepeatableAnnotations(element, ExpectFinding.class)) {
            String id = expected.value();
            if (!Detectors.findingIds().contains(id)) {
                mistakes.add("@ExpectFinding on " + nameOf(element) + ": '" + id + "' is no finding id"
                        + Suggestion.of(id, Detectors.findingIds()));
            }
            expectations.add(new Expectation(id, expected.layer()));
        }
        return expectations;
    }

    private static String nameOf(AnnotatedElement element) {
        if (element instanceof Method method) {
            return TestName.of(method.getDeclaringClass()) + "." + method.getName();
        }
        return element instanceof Class<?> type ? TestName.of(type) : element.toString();
    }
}
