package io.gradiometer.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.finding.Diagnoses;
import io.gradiometer.signal.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whenever the writing thread has had its turn, what is on disk is what the recorder keeps. */
class LiveTraceTest {

    private final SyntheticRun run = new SyntheticRun(1);
    private final TraceRecorder recorder = new TraceRecorder(run.model());

    @TempDir
    private Path output;

    private Path folder() {
        return output.resolve("run");
    }

    private LiveTrace live(Disk disk) {
        return new LiveTrace(() -> Files.createDirectory(folder()), disk);
    }

    private LiveTrace followed() {
        LiveTrace live = live(Disk.real());
        assertThat(live.attach(recorder)).isTrue();
        return live;
    }

    private static Path finish(LiveTrace live) throws IOException {
        return live.finish(folder -> Diagnoses.canonical());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (String name : names()) {
            bytes += Files.size(folder().resolve(name));
        }
        return bytes;
    }

    private Path later() {
        return folder().resolve(TraceFile.nameOfLater(1));
    }

    private static Trace brokenOff(Trace trace) {
        return new Trace(
                trace.model(),
                trace.prospect(),
                trace.steps(),
                trace.validations(),
                trace.magnitudes(),
                trace.series(),
                trace.stepsSeen(),
                false);
    }

    private void assertReadAsKept() throws IOException {
        assertThat(TraceFile.read(folder())).isEqualTo(brokenOff(recorder.trace()));
    }

    @Test
    void before_the_first_step_there_is_no_folder() {
        LiveTrace live = followed();

        live.drain();

        assertThat(folder()).doesNotExist();
        assertThat(live.trouble()).isEmpty();
    }

    @Test
    void what_was_seen_is_on_disk_after_every_turn() throws IOException {
        LiveTrace live = followed();
        for (int i = 0; i < 20; i++) {
            run.train(recorder, 37 * i, 37 * (i + 1));
            recorder.keep(new Validation(i, 0.5));

            live.drain();

            assertReadAsKept();
        }
        assertThat(names()).containsExactly("trace-000001.bin", "trace.bin");
    }

    @Test
    void a_turn_without_anything_new_changes_nothing() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 10);
        live.drain();
        byte[] before = Files.readAllBytes(folder().resolve(TraceFile.NAME));

        live.drain();

        assertThat(names()).containsExactly("trace.bin");
        assertThat(folder().resolve(TraceFile.NAME)).hasBinaryContent(before);
    }

    @Test
    void a_long_run_is_written_anew_now_and_then_and_stays_bounded() throws IOException {
        SyntheticRun deep = new SyntheticRun(50);
        TraceRecorder big = new TraceRecorder(deep.model());
        LiveTrace live = live(Disk.real());
        live.attach(big);
        long most = 0;
        int renewed = 0;
        int last = 0;
        for (int i = 0; i < 100; i++) {
            deep.train(big, 300 * i, 300 * (i + 1));
            live.drain();
            most = Math.max(most, bytes());
            int number = names().stream()
                    .filter(n -> n.contains("-"))
                    .mapToInt(n -> Integer.parseInt(n, 6, 12, 10))
                    .max()
                    .orElse(last);
            renewed += number > last ? 1 : 0;
            last = number;
            if (i % 40 == 39) {
                assertThat(TraceFile.read(folder())).isEqualTo(brokenOff(big.trace()));
            }
        }

        assertThat(renewed).isGreaterThan(5);
        assertThat(most).isLessThan(10 << 20);
        assertThat(names()).hasSizeLessThanOrEqualTo(2);
        finish(live);
        assertThat(TraceFile.read(folder())).isEqualTo(big.trace());
    }

    @Test
    void a_writer_that_is_far_behind_writes_what_is_kept() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 10);
        live.drain();
        run.train(recorder, 10, 100_000);

        live.drain();

        assertReadAsKept();
    }

    @Test
    void a_finished_run_is_whole_and_leaves_nothing_else() throws IOException {
        LiveTrace live = followed();
        for (int i = 0; i < 3; i++) {
            run.train(recorder, 100 * i, 100 * (i + 1));
            live.drain();
        }

        Path finished = finish(live);

        assertThat(finished).isEqualTo(folder());
        assertThat(names()).containsExactly("diagnosis.json", "trace.bin");
        assertThat(RecordedRun.read(folder()).problems()).isEmpty();
        assertThat(TraceFile.read(folder())).isEqualTo(recorder.trace());
        assertThat(recorder.trace().whole()).isTrue();
    }

    @Test
    void how_often_it_was_written_cannot_be_told_from_a_finished_run() throws IOException {
        LiveTrace live = followed();
        for (int i = 0; i < 300; i++) {
            run.train(recorder, 100 * i, 100 * (i + 1));
            live.drain();
        }
        finish(live);
        SyntheticRun again = new SyntheticRun(1);
        TraceRecorder other = new TraceRecorder(again.model());
        again.train(other, 0, 30_000);
        Path second = Files.createDirectory(output.resolve("second"));
        RunStore.write(second, Diagnoses.canonical(), other);

        assertThat(folder().resolve(TraceFile.NAME)).hasSameBinaryContentAs(second.resolve(TraceFile.NAME));
    }

    @Test
    void a_run_that_never_began_is_finished_all_the_same() throws IOException {
        finish(live(Disk.real()));

        assertThat(RecordedRun.read(folder()).problems()).isEmpty();
        assertThat(TraceFile.read(folder()).steps()).isEmpty();
    }

    @Test
    void nothing_is_written_after_the_end() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 10);
        finish(live);
        run.train(recorder, 10, 20);

        live.drain();

        assertThat(TraceFile.read(folder()).stepsSeen()).isEqualTo(10);
    }

    @Test
    void what_came_after_is_read_up_to_its_last_whole_record() throws IOException {
        byte[] whole = smallLater();
        long before = -1;
        for (int length = 0; length <= whole.length; length++) {
            Files.write(later(), Arrays.copyOf(whole, length));

            Trace read = TraceFile.read(folder());

            assertBeginning(read);
            assertThat(read.stepsSeen()).isGreaterThanOrEqualTo(before);
            before = read.stepsSeen();
        }
        assertThat(before).isEqualTo(recorder.trace().stepsSeen());
    }

    @Test
    void a_byte_flipped_in_what_came_after_ends_the_run_there() throws IOException {
        byte[] whole = smallLater();
        Random random = new Random(13);
        for (int position = 0; position < whole.length; position++) {
            byte[] flipped = whole.clone();
            flipped[position] ^= (byte) (1 << random.nextInt(8));
            Files.write(later(), flipped);

            Trace read = TraceFile.read(folder());

            assertBeginning(read);
            assertThat(read.stepsSeen()).isLessThan(recorder.trace().stepsSeen());
        }
    }

    /** A snapshot of twenty full steps, and a file with ten more, of which two are full; the last is not. */
    private byte[] smallLater() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 20);
        live.drain();
        run.train(recorder, 20, 31);
        live.drain();
        return Files.readAllBytes(later());
    }

    private void assertBeginning(Trace read) {
        Trace whole = recorder.trace();
        assertThat(read.stepsSeen()).isBetween(20L, whole.stepsSeen());
        assertThat(read.steps()).isEqualTo(whole.steps().subList(0, (int) read.stepsSeen()));
        assertThat(read.whole()).isFalse();
    }

    @Test
    void what_a_snapshot_has_already_is_not_read_twice() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 20);
        live.drain();
        run.train(recorder, 20, 40);
        live.drain();
        byte[] old = Files.readAllBytes(later());
        run.train(recorder, 40, 100_000);
        live.drain();
        assertThat(later()).doesNotExist();

        Files.write(later(), old);

        assertReadAsKept();
    }

    @Test
    void what_came_after_something_that_is_missing_is_not_read() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 20);
        live.drain();
        byte[] early = Files.readAllBytes(folder().resolve(TraceFile.NAME));
        run.train(recorder, 20, 100_000);
        live.drain();
        run.train(recorder, 100_000, 100_010);
        live.drain();

        Files.write(folder().resolve(TraceFile.NAME), early);

        assertThat(TraceFile.read(folder()).stepsSeen()).isEqualTo(20);
    }

    @Test
    void foreign_files_of_that_name_are_passed_over() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 20);
        live.drain();
        Files.writeString(folder().resolve("trace-000007.bin"), "foreign");
        Files.createDirectory(folder().resolve("trace-000008.bin"));
        Files.writeString(folder().resolve("trace-7.bin"), "foreign");

        assertReadAsKept();
    }

    @Test
    void a_file_in_the_way_costs_nothing() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 20);
        live.drain();
        Files.writeString(later(), "foreign");
        run.train(recorder, 20, 40);

        live.drain();
        assertThat(live.trouble()).isPresent();
        live.drain();
        live.drain();

        assertReadAsKept();
        assertThat(later()).hasContent("foreign");
    }

    /** A disk with so much room, which can be given more. */
    private static final class SmallDisk implements Disk {
        private final Disk real = Disk.real();
        private long room;

        SmallDisk(long room) {
            this.room = room;
        }

        @Override
        public Sink create(Path file) throws IOException {
            Sink sink = real.create(file);
            return new Sink() {
                @Override
                public void write(byte[] bytes, int length) throws IOException {
                    int fits = (int) Math.min(room, length);
                    sink.write(bytes, fits);
                    room -= fits;
                    if (fits < length) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void force() throws IOException {
                    sink.force();
                }

                @Override
                public void close() throws IOException {
                    sink.close();
                }
            };
        }
    }

    @Test
    void on_a_full_disk_the_run_goes_on_and_what_was_written_is_read() throws IOException {
        int readable = 0;
        for (long room = 0; room < 20_000; room += 997) {
            TraceRecorder mine = new TraceRecorder(run.model());
            Path target = output.resolve("full-" + room);
            LiveTrace live = new LiveTrace(() -> Files.createDirectory(target), new SmallDisk(room));
            live.attach(mine);
            for (int i = 0; i < 50; i++) {
                run.train(mine, 10 * i, 10 * (i + 1));
                live.drain();
            }

            assertThat(live.trouble()).hasValueSatisfying(why -> assertThat(why).contains("No space left on device"));
            assertThat(mine.trace().stepsSeen()).isEqualTo(500);
            assertThat(target.resolve(TraceFile.NAME + ".part")).doesNotExist();
            if (Files.exists(target.resolve(TraceFile.NAME))) {
                Trace read = TraceFile.read(target);
                assertThat(read.stepsSeen()).isPositive();
                assertThat(read.steps()).isEqualTo(mine.trace().steps().subList(0, (int) read.stepsSeen()));
                readable++;
            }
            assertThatThrownBy(() -> finish(live)).isInstanceOf(IOException.class);
        }
        assertThat(readable).isBetween(3, 19);
    }

    @Test
    void when_there_is_room_again_everything_is_written() throws IOException {
        SmallDisk disk = new SmallDisk(15_000);
        LiveTrace live = live(disk);
        live.attach(recorder);
        run.train(recorder, 0, 20);
        live.drain();
        run.train(recorder, 20, 2000);
        live.drain();
        assertThat(live.trouble()).isPresent();
        disk.room = Long.MAX_VALUE;
        run.train(recorder, 2000, 2010);

        live.drain();
        live.drain();

        assertReadAsKept();
        finish(live);
        assertThat(TraceFile.read(folder())).isEqualTo(recorder.trace());
    }

    @Test
    void a_disk_in_trouble_is_tried_ever_more_rarely() throws IOException {
        int[] tries = new int[1];
        LiveTrace live = live(file -> {
            tries[0]++;
            throw new IOException("broken");
        });
        live.attach(recorder);
        run.train(recorder, 0, 10);
        for (int turn = 0; turn < 1000; turn++) {
            live.drain();
        }

        assertThat(tries[0]).isBetween(10, 30);
    }

    @Test
    void where_no_folder_can_be_made_the_run_goes_on() throws IOException {
        Path file = Files.writeString(output.resolve("file"), "x");
        LiveTrace live = new LiveTrace(() -> Files.createDirectory(file.resolve("run")), Disk.real());
        live.attach(recorder);
        run.train(recorder, 0, 10);

        live.drain();
        run.train(recorder, 10, 20);

        assertThat(live.trouble()).isPresent();
        assertThat(recorder.trace().stepsSeen()).isEqualTo(20);
        assertThatThrownBy(() -> finish(live)).isInstanceOf(IOException.class);
    }

    @Test
    void a_folder_that_is_deleted_while_the_run_goes_on_comes_back() throws IOException {
        LiveTrace live = followed();
        run.train(recorder, 0, 20);
        live.drain();
        run.train(recorder, 20, 40);
        live.drain();
        Files.delete(later());
        Files.delete(folder().resolve(TraceFile.NAME));
        Files.delete(folder());
        run.train(recorder, 40, 60);

        live.drain();

        assertReadAsKept();
        finish(live);
        assertThat(names()).containsExactly("diagnosis.json", "trace.bin");
    }

    @Test
    void two_folders_of_one_run_do_not_disturb_each_other() throws IOException {
        LiveTrace live = followed();
        LiveTrace other = new LiveTrace(() -> Files.createDirectory(output.resolve("other")), Disk.real());
        assertThat(other.attach(recorder)).isFalse();
        run.train(recorder, 0, 30);
        live.drain();
        run.train(recorder, 30, 60);

        Path second = finish(other);
        live.drain();

        assertReadAsKept();
        assertThat(TraceFile.read(second)).isEqualTo(recorder.trace());
    }
}
