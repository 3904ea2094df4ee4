package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportsTest {

    private static final Instant BUILD_START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path target;

    private void report(String name, Instant written) throws IOException {
        Path file = target.resolve(name);
        Files.createDirectories(target.resolve(name).resolveSibling("."));
        Files.setLastModifiedTime(Files.writeString(file, "<testsuite/>"), FileTime.from(written));
    }

    @Test
    void a_report_of_this_build_tells_that_a_test_ran() throws IOException {
        report("failsafe-reports/TEST-it.ModelIT.xml", BUILD_START.plusSeconds(1));

        assertThat(TestReports.areThere(target, BUILD_START)).isTrue();
    }

    @Test
    void reports_of_earlier_builds_and_other_files_do_not() throws IOException {
        report("surefire-reports/TEST-it.ModelTest.xml", BUILD_START.minusSeconds(1));
        report("surefire-reports/failsafe-summary.xml", BUILD_START.plusSeconds(1));

        assertThat(TestReports.areThere(target, BUILD_START)).isFalse();
    }

    @Test
    void without_a_folder_there_is_none() throws IOException {
        assertThat(TestReports.areThere(target, BUILD_START)).isFalse();
    }
}
