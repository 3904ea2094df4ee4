package io.gradiometer.agent;

import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.RunInfo;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Hears from JUnit which test is running. Registered by a service file; without JUnit nobody reads that. */
@API(status = API.Status.INTERNAL)
public final class TestWatch implements TestExecutionListener {

    @Override
    public void executionStarted(TestIdentifier test) {
        test.getSource().flatMap(source -> named(test, source)).ifPresent(RunningTests::started);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        RunningTests.ended(test.getUniqueId());
    }

    private static Optional<RunningTest> named(TestIdentifier test, TestSource source) {
        if (source instanceof ClassSource type) {
            String shortName = shortName(type.getClassName());
            return Optional.of(test(test, shortName, shortName, type.getClassName(), ""));
        } else if (source instanceof MethodSource method) {
            String name = shortName(method.getClassName()) + "." + method.getMethodName();
            String title = name + "(" + parameters(method) + ")";
            String display = test.getDisplayName();
            return Optional.of(test(
                    test,
                    name,
                    saysNothingNew(display, method) ? title : title + " " + OneLine.of(display),
                    method.getClassName(),
                    method.getMethodName()));
        }
        return Optional.empty();
    }

    private static RunningTest test(TestIdentifier test, String folder, String title, String type, String method) {
        return new RunningTest(
                test.getParentId().orElse(null),
                folder,
                title,
                new RunInfo.TestRef(type, method, test.getDisplayName(), test.getUniqueId()));
    }

    private static String shortName(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String parameters(MethodSource method) {
        String types = method.getMethodParameterTypes();
        return types == null || types.isBlank()
                ? ""
                : Stream.of(types.split(","))
                        .map(type -> shortName(type.strip()))
                        .collect(Collectors.joining(", "));
    }

    /** Tells whether the display name is one that JUnit makes of the method. */
    private static boolean saysNothingNew(String display, MethodSource method) {
        return display.equals(method.getMethodName())
                || display.equals(method.getMethodName() + "(" + parameters(method) + ")")
                || display.startsWith(method.getMethodName().replace('_', ' '));
    }
}
