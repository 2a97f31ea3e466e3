package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.Inode.DirectoryNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written to a volume, or taken from it, is the same after its records were stored and put back. */
final class VolumeRecordsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, byte[]> stored = new HashMap<>();

    /** A machine's disk that came with a file, and lies over the files of an image. */
    private static VolumeContent disk() {
        return VolumeContent.machine()
                .with("etc/manifests/a.yaml", "a", NOW)
                .with("etc/manifests/b.yaml", 0600, () -> new byte[] {'b'}, NOW);
    }

    private void save(VolumeRecords records) {
        records.changes().forEach((path, record) -> {
            if (record.length == 0) {
                stored.remove(path);
            } else {
                stored.put(path, record);
            }
        });
    }

    private VolumeContent restored() {
        VolumeContent again = disk();
        new VolumeRecords(again).restore(stored);
        return again;
    }

    private void change(Consumer<FileView> work) {
        VolumeContent disk = disk();
        VolumeRecords records = new VolumeRecords(disk);
        records.restore(stored);
        work.accept(view(disk));
        save(records);
    }

    private static FileView view(VolumeContent disk) {
        return new FileView(new FileTree((DirectoryNode) disk.root(), false), Credentials.ROOT, "/", () -> 1);
    }

    /** Each command is followed by a look at what is left after a restart. */
    @ParameterizedTest
    @CsvSource({
        "etc/manifests/a.yaml, a file that the disk came with",
        "etc/passwd, a file of the image below",
        "bin/ls, a program of the image below",
    })
    void what_was_removed_stays_removed_until_it_is_written_again(String path, String what) {
        assertThat(view(restored()).exists("/" + path)).as(what).isTrue();

        change(files -> files.remove("/" + path));
        assertThat(view(restored()).exists("/" + path)).as(what + ", removed").isFalse();

        change(files -> files.write("/" + path, new byte[] {'n'}));
        assertThat(view(restored()).readText("/" + path)).isEqualTo("n");

        change(files -> files.remove("/" + path));
        assertThat(view(restored()).exists("/" + path))
                .as(what + ", removed again")
                .isFalse();
        change(files -> {});
        assertThat(view(restored()).exists("/" + path)).as(what + ", still").isFalse();
    }

    @Test
    void what_the_disk_came_with_is_kept_where_it_was_moved_to() {
        change(files -> files.rename("/etc/manifests/b.yaml", "/root/b.yaml"));

        assertThat(view(restored()).exists("/etc/manifests/b.yaml")).isFalse();
        assertThat(view(restored()).readText("/root/b.yaml")).isEqualTo("b");
    }

    @Test
    void a_directory_made_in_the_place_of_one_of_the_image_shows_nothing_of_it() {
        change(files -> {
            files.remove("/etc/manifests/a.yaml");
            files.remove("/etc/manifests/b.yaml");
            files.remove("/etc/manifests");
            files.makeDirectory("/etc/manifests", 0700);
            files.write("/etc/manifests/c", new byte[] {'c'});
        });

        assertThat(view(restored()).exists("/etc/manifests/a.yaml")).isFalse();
        assertThat(view(restored()).readText("/etc/manifests/c")).isEqualTo("c");
    }

    @Test
    void what_comes_and_goes_leaves_nothing_behind_and_looking_is_no_change() {
        change(files -> {
            files.exists("/usr/bin/env");
            files.write("/tmp/x", new byte[] {1});
        });
        assertThat(stored).containsOnlyKeys("tmp/x");

        change(files -> files.remove("/tmp/x"));
        assertThat(stored).isEmpty();
    }
}
