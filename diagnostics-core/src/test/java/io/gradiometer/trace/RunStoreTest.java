package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnoses;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.signal.ModelView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunStoreTest {

    private static final ModelView MODEL = aNetwork().output("out", 2, 2, "mse").build();
    private static final TraceRecorder RECORDER = recorder();

    private static TraceRecorder recorder() {
        TraceRecorder recorder = new TraceRecorder(MODEL);
        recorder.keep(aStep(MODEL, 0).build());
        return recorder;
    }

    @TempDir
    private Path output;

    private static Diagnosis diagnosis(String id) {
        return Diagnoses.of().withRun(Diagnoses.run(id));
    }

    private static List<String> ids(List<RecordedRun> runs) {
        return runs.stream()
                .map(RecordedRun::diagnosis)
                .map(d -> d == null ? "none" : d.run().id())
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    private static Path above(Path path, int levels) {
        Path folder = path;
        for (int i = 0; i < levels; i++) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }

    /** Writes a run into a session, and returns its folder. */
    private Path write(String session, String id) throws IOException {
        Path folder = new RunStore(output, session).newFolder(id);
        RunStore.write(folder, diagnosis(id), RECORDER);
        return folder;
    }

    @Test
    void a_run_lies_below_its_session_and_its_jvm() throws IOException {
        RunStore store = new RunStore(output, "a-session");

        Path folder = store.newFolder("FraudModelTest.trains");

        assertThat(folder).isEmptyDirectory().hasFileName("FraudModelTest.trains-1");
        Path jvm = above(folder, 1);
        assertThat(String.valueOf(jvm.getFileName()))
                .matches("\\d+-" + ProcessHandle.current().pid());
        assertThat(above(folder, 2)).isEqualTo(output.resolve("a-session"));
        assertThat(store.session()).isEqualTo("a-session");
    }

    @Test
    void without_a_name_the_session_is_the_same_for_the_whole_build_and_sorts_by_time() {
        RunStore one = new RunStore(output, "");
        RunStore other = new RunStore(output, " ");

        assertThat(one.session()).isEqualTo(other.session()).matches("\\d{8}-\\d{6}-\\d+");
    }

    @Test
    void runs_of_one_name_get_numbers() throws IOException {
        RunStore store = new RunStore(output, "s");
        store.newFolder("A.b");
        store.newFolder("A.b");
        store.newFolder("A.c");

        Path folder = new RunStore(output, "s").newFolder("A.b");

        assertThat(names(above(folder, 1))).containsExactly("A.b-1", "A.b-2", "A.b-3", "A.c-1");
    }

    @Test
    void a_number_that_was_given_is_not_tried_again() throws IOException {
        RunStore store = new RunStore(output, "s");
        Path first = store.newFolder("A.b");
        store.newFolder("A.b");
        Files.delete(first);

        assertThat(store.newFolder("A.b")).hasFileName("A.b-3");
    }

    @Test
    void runs_of_one_name_on_many_threads_never_share_a_folder() throws InterruptedException, ExecutionException {
        int threads = 8;
        int each = 25;
        Set<Path> folders = ConcurrentHashMap.newKeySet();
        CountDownLatch together = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                // A store each, for they must not rely on sharing one.
                RunStore store = new RunStore(output, "s");
                done.add(pool.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int i = 0; i < each; i++) {
                        folders.add(store.newFolder("A.b"));
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(folders).hasSize(threads * each);
        assertThat(folders).anyMatch(f -> f.endsWith("A.b-" + threads * each));
    }

    @ParameterizedTest
    @CsvSource({
        "FraudModelTest.trains, FraudModelTest.trains",
        "'..', _.",
        "'../../etc/passwd', _._.._etc_passwd",
        "'.hidden', _hidden",
        "'a b,c', a_b_c",
        "'a/b\\c:d*e?f\"g<h>i|j', a_b_c_d_e_f_g_h_i_j",
        "'trains(int)[1] äöü', trains_int__1_____",
        "'', ''"
    })
    void names_become_plain(String name, String plain) {
        assertThat(RunStore.fileName(name)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "../..", "/etc/passwd", "C:\\x", "a\u0000b", "\n", "con", "😀", "a,b c"})
    void no_name_leaves_its_folder(String name) throws IOException {
        RunStore store = new RunStore(output, "s");

        Path folder = store.newFolder(name);

        assertThat(above(folder.toRealPath(), 2)).isEqualTo(output.toRealPath().resolve("s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../..", "/etc", "a/b"})
    void no_session_leaves_the_output(String session) throws IOException {
        Path folder = new RunStore(output, session).newFolder("a");

        assertThat(above(folder.toRealPath(), 3)).isEqualTo(output.toRealPath());
    }

    @Test
    void a_very_long_name_is_cut_and_still_numbered() throws IOException {
        RunStore store = new RunStore(output, "s".repeat(300));

        Path first = store.newFolder("x".repeat(300));
        Path second = store.newFolder("x".repeat(300) + "y");

        assertThat(first).isEmptyDirectory().isNotEqualTo(second);
        assertThat(second).isEmptyDirectory().hasFileName("x".repeat(120) + "-2");
    }

    @Test
    void both_files_appear_and_nothing_else_stays() throws IOException {
        Path folder = write("s", "A.b-1");

        assertThat(names(folder)).containsExactly("diagnosis.json", "trace.bin");
        RecordedRun run = RecordedRun.read(folder);
        assertThat(run.diagnosis()).isEqualTo(diagnosis("A.b-1"));
        assertThat(run.trace()).isEqualTo(RECORDER.trace());
        assertThat(run.problems()).isEmpty();
    }

    @Test
    void writing_again_replaces_both() throws IOException {
        Path folder = write("s", "A.b-1");

        RunStore.write(folder, diagnosis("A.b-2"), RECORDER);

        assertThat(ids(List.of(RecordedRun.read(folder)))).containsExactly("A.b-2");
        assertThat(names(folder)).containsExactly("diagnosis.json", "trace.bin");
    }

    @Test
    void a_reader_never_sees_half_a_file() throws IOException, InterruptedException, ExecutionException {
        Path folder = write("s", "A.b-1");
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    RunStore.write(folder, diagnosis("A.b-" + i), RECORDER);
                }
                return null;
            });
            do {
                assertThat(RecordedRun.read(folder).problems()).isEmpty();
            } while (!writing.isDone());
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void a_name_that_is_no_text_does_not_cost_the_diagnosis() throws IOException {
        RunInfo run = Diagnoses.run("A.b-1", new RunInfo.TestRef("A", "b", "half a character: \ud83d", "A.b"), null);
        Path folder = new RunStore(output, "s").newFolder("A.b");

        RunStore.write(folder, Diagnoses.of().withRun(run), RECORDER);

        assertThat(RecordedRun.read(folder).problems()).isEmpty();
        assertThat(ids(List.of(RecordedRun.read(folder)))).containsExactly("A.b-1");
    }

    @Test
    void a_session_is_read_in_the_order_of_its_folders() throws IOException {
        write("s", "B.b");
        write("s", "A.a");
        write("other", "C.c");

        assertThat(ids(new RunStore(output, "s").readSession())).containsExactly("A.a", "B.b");
    }

    @Test
    void a_session_of_many_jvms_is_read_whole() throws IOException {
        Path mine = write("s", "A.a");
        Path theirs = Files.createDirectories(output.resolve("s/2-1/B.b-1"));
        RunStore.write(theirs, diagnosis("B.b"), RECORDER);

        assertThat(ids(new RunStore(output, "s").readSession())).containsExactlyInAnyOrder("A.a", "B.b");
        assertThat(mine.getParent()).isNotEqualTo(theirs.getParent());
    }

    @Test
    void all_sessions_are_read_in_order_of_their_names() throws IOException {
        write("20260102-000000-1", "New.a");
        write("20260101-000000-1", "Old.a");
        Files.createDirectories(output.resolve("20260103-000000-1/1-1"));

        assertThat(ids(RunStore.readAll(output))).containsExactly("Old.a", "New.a");
    }

    @Test
    void only_sessions_that_are_wanted_are_read() throws IOException {
        Instant started = Diagnoses.run("x").started();
        write("20260101-000000-1", "First.a");
        write("20260102-000000-1", "Second.a");

        Predicate<String> second = session -> session.endsWith("02-000000-1");

        assertThat(ids(RunStore.readSessions(output, second, started))).containsExactly("Second.a");
        assertThat(RunStore.readSessions(output, second, started.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void what_a_jvm_remarked_is_read_once() throws IOException {
        new RunStore(output, "s").remark("not observed");
        new RunStore(output, "s").remark("not observed");
        new RunStore(output, "other").remark("something else");

        assertThat(RunStore.readRemarks(output, "s"::equals)).containsExactly("not observed");
        assertThat(RunStore.readAll(output)).isEmpty();
    }

    @Test
    void a_damaged_run_belongs_to_the_build_in_which_its_folder_changed() throws IOException {
        Instant started = Diagnoses.run("x").started();
        Predicate<String> any = session -> true;
        Path damaged = write("20260101-000000-1", "Damaged.a");
        Files.delete(damaged.resolve("diagnosis.json"));
        Files.setLastModifiedTime(damaged, FileTime.from(started.minusSeconds(60)));
        write("20260102-000000-1", "Whole.a");

        assertThat(ids(RunStore.readSessions(output, any, started))).containsExactly("Whole.a");

        Files.setLastModifiedTime(damaged, FileTime.from(started.plusSeconds(60)));

        assertThat(ids(RunStore.readSessions(output, any, started))).containsExactly("none", "Whole.a");
    }

    @Test
    void where_nothing_was_written_nothing_is_read() throws IOException {
        assertThat(RunStore.readAll(output.resolve("missing"))).isEmpty();
        assertThat(new RunStore(output.resolve("missing"), "s").readSession()).isEmpty();

        Path file = Files.writeString(output.resolve("a-file"), "not a folder");

        assertThat(RunStore.readAll(file)).isEmpty();
        assertThat(RunStore.readAll(output)).isEmpty();
    }

    @Test
    void files_among_the_folders_do_not_disturb() throws IOException {
        Path folder = write("s", "A.a");
        Files.writeString(above(folder, 1).resolve("index.html"), "x");
        Files.writeString(above(folder, 2).resolve("index.html"), "x");
        Files.writeString(output.resolve("index.html"), "x");

        assertThat(ids(RunStore.readAll(output))).containsExactly("A.a");
    }

    @Test
    void a_damaged_folder_is_named_and_the_others_are_read() throws IOException {
        Path damaged = write("s", "A.a");
        write("s", "B.b");
        Files.writeString(damaged.resolve("diagnosis.json"), "{");

        List<RecordedRun> runs = RunStore.readAll(output);

        assertThat(ids(runs)).containsExactly("none", "B.b");
        assertThat(runs.get(0).problems())
                .singleElement()
                .asString()
                .startsWith(damaged.resolve("diagnosis.json") + " is no whole JSON document");
    }
}
