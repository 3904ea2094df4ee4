package io.gradiometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Detectors;
import org.junit.jupiter.api.Test;

class DetectorPageTest {

    @Test
    void every_detector_brings_its_page_along_without_links_that_lead_nowhere() {
        assertThat(Detectors.catalogue()).extracting(DetectorInfo::id).allSatisfy(id -> assertThat(DetectorPage.of(id))
                .get()
                .asString()
                .startsWith("# " + id)
                .doesNotContain("]("));
    }

    @Test
    void a_detector_of_a_users_own_has_none() {
        assertThat(DetectorPage.of("own-detector")).isEmpty();
    }
}
