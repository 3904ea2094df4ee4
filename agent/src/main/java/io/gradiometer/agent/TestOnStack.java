package io.gradiometer.agent;

import io.gradiometer.finding.RunInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the test that trains by its annotation, on the stack of the thread that trains.
 *
 * <p>For JUnit 4 and TestNG where they run without the JUnit platform: they take listeners from their configuration only. Asked
 * once a run. Annotations are known by name, so no test framework need be there.
 */
final class TestOnStack {

    private static final String TESTNG = "org.testng.annotations.";

    private static final Set<String> MARKS = Set.of(
            "org.junit.Test",
            "org.junit.Before",
            "org.junit.BeforeClass",
            "org.junit.After",
            "org.junit.AfterClass",
            "org.junit.experimental.theories.Theory",
            TESTNG + "Test",
            TESTNG + "BeforeMethod",
            TESTNG + "BeforeClass",
            TESTNG + "BeforeTest",
            TESTNG + "BeforeSuite",
            TESTNG + "AfterMethod",
            TESTNG + "AfterClass");

    /** JUnit 3 has no annotations: a test is a method called so in a class that extends this one. */
    private static final String JUNIT3 = "junit.framework.TestCase";

    private TestOnStack() {}

    /** Returns the innermost test of this thread; null where there is none. */
    static @Nullable RunningTest find() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(TestOnStack::isTest).findFirst())
                .map(TestOnStack::named)
                .orElse(null);
    }

    private static boolean isTest(StackWalker.StackFrame frame) {
        try {
            return isMarked(frame) || isOfJunit3(frame);
        } catch (LinkageError | TypeNotPresentException e) {
            // A class that names what is not on the class path tells nothing about itself; its run is named after the
            // caller.
            return false;
        }
    }

    private static boolean isMarked(StackWalker.StackFrame frame) {
        return method(frame).stream()
                .flatMap(method -> Stream.of(method.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(type -> MARKS.contains(type.getName()));
    }

    private static Optional<Method> method(StackWalker.StackFrame frame) {
        return Stream.of(frame.getDeclaringClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(frame.getMethodName()))
                .filter(method -> frame.getMethodType()
                        .parameterList()
                        .equals(Stream.of(method.getParameterTypes()).toList()))
                .findFirst();
    }

    private static boolean isOfJunit3(StackWalker.StackFrame frame) {
        return frame.getMethodName().startsWith("test")
                && Stream.<Class<?>>iterate(
                                frame.getDeclaringClass(), type -> type != null, type -> type.getSuperclass())
                        .anyMatch(type -> type.getName().equals(JUNIT3));
    }

    private static RunningTest named(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        String method = frame.getMethodName();
        String name = type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + method;
        return new RunningTest(null, name, name + "()", new RunInfo.TestRef(type, method, method, type + "#" + method));
    }
}
