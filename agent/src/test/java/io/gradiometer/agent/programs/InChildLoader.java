package io.gradiometer.agent.programs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains in a class loader of its own, as servers and fat jars do. */
public final class InChildLoader {

    private InChildLoader() {}

    public static void main(String[] classPath) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader child =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(child);
            Class<?> loops = child.loadClass("io.gradiometer.agent.programs.Loops");
            loops.getMethod("main", String[].class).invoke(null, (Object) new String[] {"network"});
        }
    }
}
