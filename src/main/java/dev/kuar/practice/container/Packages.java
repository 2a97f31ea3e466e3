package dev.kuar.practice.container;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The packages of a distribution that can be installed into a container, from {@code practice/images/packages.yaml}. */
final class Packages {
    private final Map<String, Entry> known = new TreeMap<>();

    private Packages(KubeObject data) {
        data.tree().keySet().forEach(name -> {
            KubeObject entry = KubeObject.of(data.map(name));
            Entry made = new Entry(
                    name, entry.text("version"), entry.number(0, "size"), new TreeMap<>(entry.textMap("programs")));
            known.put(name, made);
            entry.texts("also").forEach(other -> known.put(other, made));
        });
    }

    /**
     * A package.
     *
     * @param size in kB
     * @param programs what the files that it brings do, by their paths
     */
    record Entry(String name, String version, long size, Map<String, String> programs) {}

    /** @param distribution {@code debian} or {@code alpine} */
    static Packages of(String distribution) {
        return new Packages(KubeObject.of(ImageCatalogue.yaml("packages.yaml").map(distribution)));
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /** Whether a container has all that a package would bring, or it was installed there. */
    static boolean isIn(Entry each, FileView files, String database) {
        return !each.programs().isEmpty() && each.programs().keySet().stream().allMatch(files::exists)
                || installed(files, database).contains("\n" + each.name() + "\n");
    }

    /**
     * Brings a package's programs.
     *
     * @param database the file that remembers what was installed
     */
    static void install(Entry each, Task task, String database) {
        long now = task.container().clock().now().toEpochMilli();
        each.programs().forEach((path, program) -> {
            String directory = path.substring(0, path.lastIndexOf('/'));
            if (!task.files().exists(directory)) {
                task.files().makeDirectory(directory, 0755);
            }
            if (task.files().exists(path)) {
                task.files().remove(path);
            }
            task.files().put(path, Inode.FileNode.program(program, now));
        });
        String before = installed(task.files(), database);
        task.files()
                .write(
                        database,
                        ((before.isEmpty() ? "\n" : before) + each.name() + "\n")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String installed(FileView files, String database) {
        return files.exists(database) ? files.readText(database) : "";
    }

    /** Why a container's files cannot be changed by a package manager; null where they can. */
    static @Nullable String obstacle(Task task) {
        if (task.who().uid() != 0) {
            return "Permission denied";
        }
        return task.files().tree().isReadOnlyRoot() ? "Read-only file system" : null;
    }
}
