package io.gradiometer.junit;

import io.gradiometer.config.Configuration;
import io.gradiometer.dl4j.ObservationScope;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Takes what is observed in an {@link Undiagnosed} test, lest it go to the class around, and lets it fall. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing but CloseableResource, which later ones deprecate
final class Unheard implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final ObservationScope scope = ObservationScope.open(Configuration.of());

    @Override
    public void close() {
        scope.close();
    }
}
