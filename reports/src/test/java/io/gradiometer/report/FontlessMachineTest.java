package io.gradiometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pages on bare machines, written by a Java of their own: fonts are looked for once in a JVM's life. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere fonts come with the system and cannot be hidden")
class FontlessMachineTest {

    private static final String RUN = "20261121-120000-1/1-4711/FraudModelTest.explodes-1/index.html";

    @TempDir
    Path folder;

    @Test
    void without_fonts_the_page_has_its_tables_and_says_what_to_install() throws Exception {
        Path noFonts = Files.writeString(
                folder.resolve("fonts.conf"),
                "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig></fontconfig>");

        // Some Javas bring a list of their own for when fontconfig has none: it must not be there either.
        Document page = writtenBy(
                List.of("-Dsun.awt.fontconfig=" + folder.resolve("nowhere")), "FONTCONFIG_FILE", noFonts.toString());

        assertThat(page.select(".notice").text())
                .contains("The plots are missing.")
                .contains("apt-get install fontconfig fonts-dejavu-core");
        // The profile over the depth is drawn without Java's fonts, and stands for the plots that are not.
        assertThat(page.select("svg.plot:not(:has(use))")).hasSize(1);
        assertThat(page.select("figure details[open] table")).hasSize(2);
        assertThat(page.select(".layers tbody tr")).hasSize(20);
        assertThat(page.select(".verdict").text()).contains("sick");
    }

    @Test
    void plots_need_no_setting_where_there_is_no_display() throws Exception {
        assertThat(writtenBy(List.of(), "DISPLAY", "").select("svg.plot:not(:has(use))"))
                .hasSize(6);
    }

    @Test
    void a_display_that_does_not_answer_costs_the_plots_only() throws Exception {
        Document page = writtenBy(List.of(), "DISPLAY", "nowhere.invalid:99");

        boolean drawn = page.select("svg.plot:not(:has(use))").size() == 6;
        assertThat(page.select(".notice:contains(java.awt.headless)")).hasSize(drawn ? 0 : 1);
        assertThat(page.select(".layers tbody tr")).hasSize(20);
    }

    private Document writtenBy(List<String> options, String variable, String value)
            throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Gallery.class.getName(),
                folder.resolve("out").toString()));
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().remove("DISPLAY");
        if (!value.isEmpty()) {
            builder.environment().put(variable, value);
        }
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(log)).isEmpty();
        assertThat(process.exitValue()).isZero();
        return Jsoup.parse(folder.resolve("out").resolve(RUN));
    }
}
