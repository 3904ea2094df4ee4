package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.FindingIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A detector is a class, a page, a test and a line in the registry; this names what is missing. */
class DetectorCatalogTest {

    private static final Path SOURCES = Path.of("src/main/java/io/gradiometer/detector");
    private static final Path TESTS = Path.of("src/test/java/io/gradiometer/detector");
    private static final Path PAGES = Path.of("../docs/detectors");

    private static List<String> registered() {
        return BuiltInDetectors.ALL.stream()
                .map(entry -> entry.type().getSimpleName())
                .toList();
    }

    @Test
    void every_detector_class_is_registered() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> detectors = files.filter(file -> {
                        String source = read(file);
                        return source.contains("final class")
                                && (source.contains("implements Detector {")
                                        || source.contains("extends CourseDetector {")
                                        || source.contains("extends CauseDetector {"));
                    })
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();

            assertThat(registered()).containsExactlyInAnyOrderElementsOf(detectors);
        }
    }

    @Test
    void the_registry_is_in_alphabetical_order() {
        assertThat(Detectors.catalogue()).extracting(DetectorInfo::id).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void every_detector_is_named_for_its_id() {
        for (BuiltInDetectors.Entry<?> entry : BuiltInDetectors.ALL) {
            String kebab = entry.type().getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2");
            assertThat(entry.info().id()).isEqualTo(kebab.toLowerCase(Locale.ROOT));
            assertThat(FindingIds.all()).contains(entry.info().id());
        }
    }

    @Test
    void every_detector_has_a_test_that_fires_stays_quiet_and_cannot_tell() {
        for (String detector : registered()) {
            String test = read(TESTS.resolve(detector + "Test.java"));

            assertThat(test).contains("class Fires", "class StaysQuiet", "class IsInconclusive");
        }
    }

    @Test
    void every_detector_has_a_page_that_tells_all_its_limits_and_no_page_is_left_over() throws IOException {
        for (BuiltInDetectors.Entry<?> entry : BuiltInDetectors.ALL) {
            String page = read(PAGES.resolve(entry.info().id() + ".md"));

            assertThat(page).startsWith("# " + entry.info().id() + "\n");
            assertThat(page).contains("## How it decides", "## Known false alarms", "## Switching it off");
            assertThat(page).contains(entry.info().summary());
            for (String key : LimitRecords.keys(entry.limits().getClass())) {
                assertThat(page).as("limit of " + entry.info().id()).contains("`" + key + "`");
            }
        }
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Detectors.catalogue().stream().map(DetectorInfo::id).toList());
        }
    }

    @Test
    void every_detector_declares_what_it_needs() {
        assertThat(Detectors.catalogue()).allSatisfy(info -> {
            assertThat(info.needs()).isNotEmpty();
            assertThat(info.speaksFrom()).isPositive();
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " is missing", e);
        }
    }
}
