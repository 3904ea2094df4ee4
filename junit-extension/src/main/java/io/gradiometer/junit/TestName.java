package io.gradiometer.junit;

import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.RunInfo;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test is called.
 *
 * @param folder for its run folders: {@code FraudModelTest.trains}
 * @param title for people: {@code FraudModelTest.trains(double) [2] 0.5}
 * @param reference for tools
 */
record TestName(String folder, String title, RunInfo.TestRef reference) {

    /** Names a test, or a class where the context is a class's. */
    static TestName of(ExtensionContext context) {
        String className = context.getRequiredTestClass().getName();
        String shortName = of(context.getRequiredTestClass());
        Optional<Method> method = context.getTestMethod();
        if (method.isEmpty()) {
            return new TestName(shortName, shortName, reference(className, "", context));
        }
        String name = method.get().getName();
        String title = shortName + "." + name + "(" + parameters(method.get()) + ")";
        String display = context.getDisplayName();
        return new TestName(
                shortName + "." + name,
                saysNothingNew(display, method.get()) ? title : title + " " + OneLine.of(display),
                reference(className, name, context));
    }

    /** Names a dynamic test after the factory that made it. */
    TestName dynamic(ExtensionContext context) {
        return new TestName(
                folder,
                title + " " + OneLine.of(context.getDisplayName()),
                reference(reference.className(), reference.method(), context));
    }

    /** Returns the name of a class as its author would say it: {@code Outer.Inner}. */
    static String of(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type.getSimpleName() : of(enclosing) + "." + type.getSimpleName();
    }

    private static RunInfo.TestRef reference(String className, String method, ExtensionContext context) {
        String id = context.getUniqueId();
        return new RunInfo.TestRef(className, method, context.getDisplayName(), id, Attempts.next(id));
    }

    /** Parameters tell overloads apart; the recorder does not. */
    private static String parameters(Method method) {
        return Stream.of(method.getParameterTypes())
                .filter(type -> type != Recorder.class)
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
    }

    /** Tells whether the display name is one that JUnit makes of the method. */
    private static boolean saysNothingNew(String display, Method method) {
        String everyType =
                Stream.of(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", "));
        String spaced = method.getName().replace('_', ' ');
        return display.equals(method.getName() + "(" + everyType + ")")
                || display.equals(method.getName())
                || display.equals(spaced)
                || display.equals(spaced + " (" + everyType + ")");
    }
}
