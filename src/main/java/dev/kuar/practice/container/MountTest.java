package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code agnhost mounttest}: tells type, mode, owner and content of files, and makes new ones. */
final class MountTest {
    static final Map<String, String> FLAGS = flags();

    private static final String CONTENT = "mount-tester new file\n";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** File systems by their types, as statfs numbers them. */
    private static final Map<String, Long> MAGIC = Map.of("ext4", 0xef53L, "overlay", 0x794c7630L, "proc", 0x9fa0L);

    private final Task task;
    private boolean failed;

    private MountTest(Task task) {
        this.task = task;
    }

    private static Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        for (String name :
                List.of("fs_type", "file_mode", "file_perm", "file_owner", "file_content", "file_content_in_loop")) {
            flags.put(name, "");
        }
        for (String mode : List.of("0644", "0666", "0660", "0777")) {
            flags.put("new_file_" + mode, "");
        }
        flags.put("retry_time", "180");
        flags.put("break_on_expected_content", "true");
        return flags;
    }

    static void run(Task task, GoFlags flags) throws IOException, InterruptedException, GoFlags.Wrong {
        MountTest test = new MountTest(task);
        test.each(flags.text("fs_type"), "error from statfs(%s): %s", test::type);
        for (String mode : List.of("0644", "0666", "0660", "0777")) {
            test.create(flags.text("new_file_" + mode), Integer.parseInt(mode, 8));
        }
        test.each(
                flags.text("file_mode"),
                "error from Stat(%s): %s",
                path -> "mode of file " + quote(path) + ": "
                        + words(task.files().stat(path), true));
        test.each(
                flags.text("file_perm"),
                "error from Stat(%s): %s",
                path -> "perms of file " + quote(path) + ": "
                        + words(task.files().stat(path), false));
        test.each(flags.text("file_owner"), "error from stat(%s): %s", path -> {
            Inode node = task.files().stat(path);
            return "owner UID of " + quote(path) + ": " + node.uid() + "\nowner GID of " + quote(path) + ": "
                    + node.gid();
        });
        test.content(flags.text("file_content"));
        test.loop(
                flags.text("file_content_in_loop"), flags.number("retry_time"), flags.on("break_on_expected_content"));
        task.end(test.failed ? 1 : 0);
    }

    /** What is said of a path. */
    private interface Question {
        String ask(String path);
    }

    private void each(String path, String failure, Question question) throws IOException {
        if (path.isEmpty()) {
            return;
        }
        try {
            task.println(question.ask(path));
        } catch (FileError e) {
            failed = true;
            task.println(String.format(failure, quote(path), reason(e)));
        }
    }

    private String type(String path) {
        task.files().stat(path);
        Mount mount = task.files().tree().mountOf(task.files().absolute(path));
        String type = mount == null ? "overlay" : mount.type();
        String shown = type.equals("tmpfs") ? type : Long.toString(MAGIC.getOrDefault(type, 0xef53L));
        return "mount type of " + quote(path) + ": " + shown;
    }

    private void create(String path, int mode) throws IOException {
        if (path.isEmpty()) {
            return;
        }
        try {
            boolean fresh = !task.files().exists(path);
            task.files().write(path, CONTENT.getBytes(StandardCharsets.UTF_8));
            if (fresh) {
                task.files().change(path).setMode(mode);
            }
        } catch (FileError e) {
            failed = true;
            task.println("error writing new file " + quote(path) + ": open " + path + ": " + reason(e));
            return;
        }
        content(path);
    }

    private void content(String path) throws IOException {
        each(
                path,
                "error reading file content for %s: open " + path + ": %s",
                p -> "content of file " + quote(p) + ": " + task.files().readText(p));
    }

    private void loop(String path, int seconds, boolean until) throws IOException, InterruptedException {
        if (path.isEmpty()) {
            return;
        }
        Instant end = task.container().clock().now().plusSeconds(seconds);
        while (task.container().clock().now().isBefore(end) && !task.isOver()) {
            try {
                String text = task.files().readText(path);
                failed = false;
                task.println("content of file " + quote(path) + ": " + text);
                if (until && text.equals(CONTENT)) {
                    return;
                }
                if (until) {
                    task.println("Unexpected content. Expected: " + CONTENT + ". Retrying");
                }
            } catch (FileError e) {
                failed = true;
                task.println("Error reading file " + path + ": open " + path + ": " + reason(e) + ", retrying");
            }
            task.container().clock().sleep(PAUSE);
        }
    }

    private static String quote(String path) {
        return "\"" + path + "\"";
    }

    private static String reason(FileError e) {
        return e.goWords();
    }

    /** A mode as Go writes it: {@code -rw-r--r--}, {@code drwxrwxrwx}, {@code dtrwxrwxrwx}, {@code Lrwxrwxrwx}. */
    private static String words(Inode node, boolean whole) {
        StringBuilder text = new StringBuilder();
        if (whole) {
            text.append(node instanceof DirectoryNode ? "d" : node instanceof LinkNode ? "L" : "");
            text.append((node.mode() & 04000) != 0 ? "u" : "");
            text.append((node.mode() & 02000) != 0 ? "g" : "").append((node.mode() & 01000) != 0 ? "t" : "");
        }
        if (text.length() == 0) {
            text.append('-');
        }
        String letters = "rwxrwxrwx";
        for (int i = 0; i < letters.length(); i++) {
            text.append((node.mode() & 1 << (8 - i)) != 0 ? letters.charAt(i) : '-');
        }
        return text.toString();
    }
}
