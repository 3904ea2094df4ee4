package io.gradiometer.dl4j;

import io.gradiometer.finding.RunInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line of the user's code that trains.
 *
 * @param className of the user's class
 * @param title class and method for people
 * @param source file and line; null where the class was compiled without them
 */
record CallSite(String className, String title, RunInfo.@Nullable SourceRef source) {

    private static final List<String> NOT_THE_USER = List.of(
            CallSite.class.getName(),
            Observation.class.getName(),
            ModelEvents.class.getName(),
            ObservationScope.class.getName(),
            GradiometerListener.class.getName(),
            SameDiffListener.class.getName(),
            SameDiffEvents.class.getName(),
            AgentEvents.class.getName(),
            "org.deeplearning4j.",
            "org.nd4j.",
            "org.junit.",
            "org.apache.maven.",
            "java.",
            "jdk.",
            "sun.");

    /** Walks up from the training loop to the first class that is neither ours, nor a library's, nor the JVM's. */
    static @Nullable CallSite ofUser() {
        Optional<StackWalker.StackFrame> frame = StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> isTheUsers(f.getClassName())).findFirst());
        return frame.map(CallSite::of).orElse(null);
    }

    private static boolean isTheUsers(String className) {
        return NOT_THE_USER.stream()
                .noneMatch(other -> other.endsWith(".") ? className.startsWith(other) : className.equals(other));
    }

    private static CallSite of(StackWalker.StackFrame frame) {
        String className = frame.getClassName();
        String shortName = className.substring(className.lastIndexOf('.') + 1);
        String file = frame.getFileName();
        return new CallSite(
                className,
                shortName + "." + method(frame.getMethodName()) + "()",
                file == null ? null : new RunInfo.SourceRef(file, frame.getLineNumber()));
    }

    /** A lambda is told by the method that it stands in. */
    private static String method(String name) {
        return name.replaceFirst("^lambda\\$(.+)\\$\\d+$", "$1");
    }
}
