package io.gradiometer.junit;

import io.gradiometer.config.ConfigurationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens a run for every test and every class, and judges it. Stateless: all state is in the store. */
final class DiagnosedExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                InvocationInterceptor,
                AfterTestExecutionCallback,
                AfterAllCallback {

    static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(DiagnosedExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        openRun(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        openRun(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Recorder.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The constructor of a PER_CLASS test comes before beforeAll.
        openRun(context);
        TestRun run = runOf(context);
        return run == null ? new InactiveRecorder(TestSettings.of(context).off()) : new TestRecorder(run);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        TestRun run = runOf(context);
        if (run != null) {
            failWith(run.judgeTest(context.getExecutionException().orElse(null)));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestRun run = runOf(context);
        if (run != null) {
            failWith(run.judgeWhatIsThere(context.getExecutionException().orElse(null)));
        }
    }

    /** Dynamic tests get no other callback: each that trains is judged here, and the factory after them for the rest. */
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        TestRun factory = nearestRun(context);
        if (factory == null) {
            invocation.proceed();
            return;
        }
        TestRun run = factory.openDynamic(context);
        try {
            Throwable failure = failureOf(invocation);
            Optional<String> verdict = run.judgeWhatIsThere(failure);
            if (failure == null) {
                failWith(verdict);
            } else {
                // As JUnit does after other tests: the test's own failure first, ours attached to it.
                verdict.map(DiagnosisError::new).ifPresent(failure::addSuppressed);
                throw failure;
            }
        } finally {
            factory.closeDynamic(run);
        }
    }

    private static @Nullable Throwable failureOf(Invocation<@Nullable Void> invocation) {
        try {
            invocation.proceed();
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** Where the test has failed by itself, JUnit attaches this to the test's own failure. */
    private static void failWith(Optional<String> verdict) {
        verdict.ifPresent(message -> {
            throw new DiagnosisError(message);
        });
    }

    /**
     * Opens the run of this very context, once, unless diagnosing is switched off there.
     *
     * @throws ConfigurationException with everything that is wrong with the settings
     */
    private static void openRun(ExtensionContext context) {
        if (runOf(context) != null) {
            return;
        }
        TestSettings settings = TestSettings.of(context);
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        if (settings.undiagnosed()) {
            store.getOrComputeIfAbsent(Unheard.class.getName() + context.getUniqueId(), key -> new Unheard());
        } else if (settings.off().isEmpty()) {
            TestRun enclosing =
                    context.getParent().map(DiagnosedExtension::nearestRun).orElse(null);
            Session session = Session.of(context, settings.configuration());
            TestRun run = TestRun.open(TestName.of(context), settings, session, enclosing);
            store.put(context.getUniqueId(), run);
        }
    }

    /** Stores ask their parents, too; an id that is unique keeps a test from taking its class's run for its own. */
    private static @Nullable TestRun runOf(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(context.getUniqueId(), TestRun.class);
    }

    private static @Nullable TestRun nearestRun(ExtensionContext context) {
        TestRun run = runOf(context);
        Optional<ExtensionContext> parent = context.getParent();
        return run != null || parent.isEmpty() ? run : nearestRun(parent.get());
    }
}
