package io.gradiometer.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/**
 * Puts our calls into classes of Deeplearning4j.
 *
 * <p>Reads class files and never loads a class: one that is loaded while another is being hooked passes by all hooks. Members of
 * the hooked classes stay as they are, so that classes which are loaded already can be hooked, too.
 */
final class Weaver {

    private final ClassFileLocator files;
    private final TypePool types;

    private Weaver(ClassFileLocator files) {
        this.files = files;
        this.types = TypePool.Default.of(files);
    }

    static Weaver of(ClassLoader loader) {
        return new Weaver(ClassFileLocator.ForClassLoader.of(loader));
    }

    /** Returns what hooks need and Deeplearning4j lacks. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (HookedClass hooked : HookedClass.ALL) {
            TypePool.Resolution type = types.describe(hooked.name());
            if (!type.isResolved()) {
                missing.add("no class " + hooked.name());
                continue;
            }
            hooked.hooks(true)
                    .filter(hook ->
                            type.resolve().getDeclaredMethods().filter(is(hook)).isEmpty())
                    .forEach(hook -> missing.add("no method " + hook.method() + " like ours in " + hooked.name()));
        }
        return missing;
    }

    /** Returns the class file with the calls in it. */
    byte[] weave(HookedClass hooked, byte[] classFile, boolean failFast) {
        ClassFileLocator itself = ClassFileLocator.Simple.of(hooked.name(), classFile);
        TypePool pool = TypePool.Default.of(new ClassFileLocator.Compound(itself, files));
        DynamicType.Builder<?> builder = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .with(InstrumentedType.Factory.Default.FROZEN)
                .with(Implementation.Context.Disabled.Factory.INSTANCE)
                .ignore(none())
                .redefine(pool.describe(hooked.name()).resolve(), itself);
        for (HookedClass.Hook hook : hooked.hooks(failFast).toList()) {
            TypeDescription advice = pool.describe(hook.advice()).resolve();
            builder = builder.visit(
                    new AsmVisitorWrapper.ForDeclaredMethods().method(is(hook), Advice.to(advice, files)));
        }
        try (DynamicType.Unloaded<?> woven = builder.make(pool)) {
            return woven.getBytes();
        }
    }

    private static ElementMatcher.Junction<MethodDescription> is(HookedClass.Hook hook) {
        return named(hook.method()).and(new HasParameters(hook.parameters()));
    }

    /** Compares parameters by the simple names of their types, which need no class to be found. */
    private static final class HasParameters extends ElementMatcher.Junction.AbstractBase<MethodDescription> {

        private final List<String> simpleNames;

        HasParameters(List<String> simpleNames) {
            this.simpleNames = simpleNames;
        }

        @Override
        public boolean matches(MethodDescription method) {
            return method.getParameters().asTypeList().asErasures().stream()
                    .map(TypeDescription::getActualName)
                    .map(name -> name.substring(name.lastIndexOf('.') + 1))
                    .collect(Collectors.toList())
                    .equals(simpleNames);
        }
    }
}
