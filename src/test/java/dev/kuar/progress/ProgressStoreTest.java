package dev.kuar.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressStoreTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void resumes_where_another_run_stopped() {
        store().record(Entry.Kind.AT, "one", "look", "", "");
        store().record(Entry.Kind.LANGUAGE, "", "", "", "ko");
        ProgressState state = store().state();
        assertThat(state.lesson()).isEqualTo("one");
        assertThat(state.step()).isEqualTo("look");
        assertThat(state.language()).contains("ko");
    }

    @Test
    void two_shells_see_each_other() {
        ProgressStore first = store();
        ProgressStore second = store();
        first.record(Entry.Kind.PASSED, "one", "a", "h", "");
        second.record(Entry.Kind.PASSED, "one", "b", "h", "");
        assertThat(first.entries()).extracting(Entry::step).containsExactly("a", "b");
    }

    @Test
    void a_line_that_a_crash_cut_short_is_left_out() throws IOException {
        store().record(Entry.Kind.PASSED, "one", "a", "h", "");
        Files.writeString(file(), "{\"at\":\"2026-11-23T10:0", StandardOpenOption.APPEND);
        assertThat(store().entries()).hasSize(1);
        assertThat(store().takeKeptAside()).isEmpty();
        store().record(Entry.Kind.PASSED, "one", "b", "h", "");
        ProgressStore again = store();
        assertThat(again.entries()).extracting(Entry::step).containsExactly("a", "b");
        assertThat(again.takeKeptAside()).isEmpty();
    }

    @Test
    void a_damaged_file_is_kept_aside_and_what_can_be_read_goes_on() throws IOException {
        store().record(Entry.Kind.PASSED, "one", "a", "h", "");
        Files.writeString(file(), "garbage\n", StandardOpenOption.APPEND);
        ProgressStore damaged = store();
        assertThat(damaged.entries()).hasSize(1);
        Path aside = damaged.takeKeptAside().orElseThrow();
        assertThat(Files.readString(aside)).contains("garbage");
        assertThat(Files.readString(file())).doesNotContain("garbage").contains("\"a\"");
        assertThat(damaged.takeKeptAside()).isEmpty();
    }

    @Test
    void a_file_of_zeros_or_nonsense_starts_afresh() throws IOException {
        Files.write(file(), new byte[300]);
        ProgressStore store = store();
        assertThat(store.entries()).isEmpty();
        assertThat(store.takeKeptAside()).isPresent();
    }

    @Test
    void reads_older_files_and_leaves_newer_ones_alone() throws IOException {
        Files.writeString(
                file(),
                "{\"formatVersion\":\"0\"}\n"
                        + "{\"at\":\"2026-11-23T10:00:00Z\",\"kind\":\"PASSED\",\"lesson\":\"one\",\"step\":\"a\",\"checks\":\"h\"}\n");
        assertThat(store().entries()).extracting(Entry::hash).containsExactly("h");
        Files.writeString(file(), "{\"formatVersion\":\"9\"}\n");
        assertThatThrownBy(() -> store().entries()).isInstanceOf(UserException.class);
        assertThat(Files.readString(file())).contains("9");
    }

    @Test
    void is_readable_by_its_owner_only() throws IOException {
        store().record(Entry.Kind.AT, "one", "a", "", "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void counts_in_memory_what_it_cannot_write() throws IOException {
        Files.createDirectory(file());
        ProgressStore store = new ProgressStore(folder.resolve("log.jsonl"), CLOCK);
        Files.createDirectory(folder.resolve("log.jsonl").resolve("log.jsonl"));
        assertThatThrownBy(() -> store.record(Entry.Kind.AT, "one", "a", "", ""))
                .isInstanceOf(UserException.class);
    }

    @Test
    void forgets_what_is_reset() {
        ProgressStore store = store();
        store.record(Entry.Kind.HINT, "one", "a", "", "1");
        store.record(Entry.Kind.AT, "one", "a", "", "");
        store.record(Entry.Kind.RESET, "", "", "", "");
        assertThat(store.state().lesson()).isEmpty();
        assertThat(List.of(store.export().split("\n"))).hasSize(4);
    }

    private ProgressStore store() {
        return new ProgressStore(folder, CLOCK);
    }

    private Path file() {
        return folder.resolve("log.jsonl");
    }
}
