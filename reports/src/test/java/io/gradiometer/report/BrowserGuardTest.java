package io.gradiometer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class BrowserGuardTest {

    @Test
    void continuous_integration_never_goes_without_the_browser_tests() {
        assumeTrue("true".equals(System.getenv("CI")), "only continuous integration must have a browser");

        assertThat(System.getenv("CHROMIUM_BIN"))
                .as("path of a Chromium in CHROMIUM_BIN: without it nobody looks at the pages in a browser")
                .isNotBlank();
    }
}
