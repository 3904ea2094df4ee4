package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldSessionsTest {

    private static final long OURS = ProcessHandle.current().pid();
    private static final long NOBODY = 999_999_999_999L;

    @TempDir
    Path output;

    private List<String> left() throws IOException {
        try (Stream<Path> entries = Files.list(output)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private void session(String name) throws IOException {
        Path run = Files.createDirectories(output.resolve(name).resolve("1-7").resolve("A.a-1"));
        Files.writeString(run.resolve("diagnosis.json"), "{}");
    }

    @Test
    void earlier_builds_and_jvms_go_and_this_build_stays() throws IOException {
        String current = BuildSession.name(Instant.now(), OURS);
        session(current);
        Files.writeString(output.resolve("index.html"), "a page on runs that go");
        session("20200101-000000-" + NOBODY);
        session("20200101-000000-" + NOBODY + "-build");
        session("20200101-000000-" + OURS + "-build");

        assertThat(new OldSessions(output).clear(current)).isEqualTo(3);
        assertThat(left()).containsExactly(current);
    }

    @Test
    void what_a_living_process_writes_stays() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        String beside = BuildSession.name(Instant.now(), parent);
        session(beside);

        assertThat(new OldSessions(output).clear("current")).isZero();
        assertThat(left()).containsExactly(beside);
    }

    @Test
    void a_process_younger_than_the_session_did_not_write_it() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        session("20200101-000000-" + parent);

        assertThat(new OldSessions(output).clear("current")).isEqualTo(1);
    }

    @Test
    void two_modules_that_clear_the_same_folder_at_once_do_not_disturb_each_other() throws Exception {
        for (int i = 0; i < 200; i++) {
            session("20200101-0000" + (10 + i % 50) + "-" + (NOBODY - i));
        }
        ExecutorService modules = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> cleared =
                    modules.invokeAll(Collections.nCopies(4, () -> new OldSessions(output).clear("current")));
            for (Future<Integer> module : cleared) {
                module.get();
            }
        } finally {
            modules.shutdown();
        }

        assertThat(left()).isEmpty();
    }

    @Test
    void what_is_no_session_stays() throws IOException {
        Files.writeString(output.resolve("index.html"), "page");
        session("my-own-session");

        assertThat(new OldSessions(output).clear("current")).isZero();
        assertThat(left()).containsExactly("index.html", "my-own-session");
    }

    @Test
    void where_there_is_no_folder_there_is_nothing_to_clear() throws IOException {
        assertThat(new OldSessions(output.resolve("nowhere")).clear("current")).isZero();
    }
}
