package io.gradiometer.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Sees every class that the JVM loads, compares its name, and lets it pass unless it is one of those to be hooked. */
final class HookTransformer implements ClassFileTransformer {

    private final Attachment attachment;

    HookTransformer(Attachment attachment) {
        this.attachment = attachment;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        return name != null && mayBeHooked(name) ? attachment.hook(loader, name, classFile) : null;
    }

    /** Costs next to nothing, and loads no class of ours: it is asked about every class of the program. */
    static boolean mayBeHooked(String internalName) {
        return internalName.startsWith("org/deeplearning4j/nn/")
                || internalName.startsWith("org/deeplearning4j/optimize/")
                || internalName.equals("org/nd4j/autodiff/samediff/SameDiff");
    }
}
