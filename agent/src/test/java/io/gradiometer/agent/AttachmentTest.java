package io.gradiometer.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.trace.RunStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentTest {

    @TempDir
    Path output;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<Class<?>> retransformed = new ArrayList<>();

    private Attachment attachment() {
        return attachment("");
    }

    private Attachment attachment(String options) {
        Instrumentation instrumentation = (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("retransformClasses")) {
                        retransformed.addAll(List.of((Class<?>[]) arguments[0]));
                        return null;
                    }
                    return new Class<?>[] {String.class, MultiLayerNetwork.class};
                });
        Console console = new Console(new PrintStream(said, true, UTF_8));
        return new Attachment(Options.parse(options), instrumentation, console);
    }

    @Test
    void names_a_class_that_should_have_been_hooked_and_is_not_once() {
        Attachment attachment = attachment();

        assertThat(attachment.unhooked()).containsExactly(MultiLayerNetwork.class.getName());
        attachment.unhooked();

        assertThat(said.toString(UTF_8).lines())
                .containsExactly("gradiometer: " + MultiLayerNetwork.class.getName()
                        + " was loaded without the agent's hooks; trainings may go unseen");
    }

    @Test
    void has_classes_that_were_there_before_it_hooked_and_no_others() {
        attachment().retransformWhatIsLoaded();

        assertThat(retransformed).containsExactly(MultiLayerNetwork.class);
    }

    @Test
    void lets_classes_of_other_loaders_pass_and_says_so_at_once_and_to_the_build() throws IOException {
        byte[] woven = attachment("output=" + output)
                .hook(
                        ClassLoader.getPlatformClassLoader(),
                        "org/deeplearning4j/nn/graph/ComputationGraph",
                        new byte[0]);

        assertThat(woven).isNull();
        assertThat(said.toString(UTF_8)).startsWith("gradiometer: not observed: Deeplearning4j is loaded by ");
        assertThat(RunStore.readRemarks(output, session -> true))
                .singleElement()
                .asString()
                .startsWith("not observed: Deeplearning4j is loaded by ");
    }

    @Test
    void lets_classes_without_hooks_pass() {
        assertThat(attachment().hook(getClass().getClassLoader(), "org/deeplearning4j/nn/api/Model", new byte[0]))
                .isNull();
        assertThat(said.toString(UTF_8)).isEmpty();
    }
}
