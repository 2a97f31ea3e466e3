package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that sed reads, from one file after the other, and where it prints to: the output, or the files themselves. */
final class SedInput {
    private final Task task;
    private final List<String> files;
    private final char mark;
    private final boolean separate;
    private final @Nullable String suffix;
    private int file = -1;
    private @Nullable ByteLines lines;
    private @Nullable String ahead;
    private boolean aheadEnded = true;
    private boolean ended = true;
    private boolean owes;
    private long number;
    private StringBuilder changed = new StringBuilder();
    private String changing = "";
    private int code;

    /** @param suffix how copies of files that are changed in place end; null where they are not */
    SedInput(Task task, List<String> files, char mark, boolean separate, @Nullable String suffix) {
        this.task = task;
        this.files = files;
        this.mark = mark;
        this.separate = separate || suffix != null;
        this.suffix = suffix;
    }

    char mark() {
        return mark;
    }

    long number() {
        return number;
    }

    int code() {
        return code;
    }

    String file() {
        return file < 0 || file >= files.size() ? "-" : files.get(file);
    }

    /** Whether the line that came last had an end. */
    boolean ended() {
        return ended;
    }

    /** A line was printed without its end. */
    void owe() {
        owes = true;
    }

    /** Whether an end is to be printed before anything else; asked once. */
    boolean owes() {
        boolean now = owes;
        owes = false;
        return now;
    }

    @Nullable
    String next() throws IOException {
        if (ahead == null && !look(true)) {
            save();
            return null;
        }
        String line = ahead;
        ended = aheadEnded;
        ahead = null;
        number++;
        return line;
    }

    /** Whether the line that came last is the last of all, or of its file where files stand apart. */
    boolean atEnd() throws IOException {
        return ahead == null && !look(false);
    }

    /** Reads one line ahead; {@code on} where the next file may begin though they stand apart. */
    private boolean look(boolean on) throws IOException {
        while (true) {
            if (lines != null) {
                ahead = lines.next();
                aheadEnded = lines.ended();
                if (ahead != null) {
                    return true;
                }
                if (separate && !on && file + 1 < files.size() && number > 0) {
                    return false;
                }
            }
            if (file + 1 >= files.size()) {
                return false;
            }
            if (separate) {
                save();
            }
            open(files.get(++file));
        }
    }

    private void open(String name) throws IOException {
        lines = null;
        boolean gnu = Options.gnu(task);
        try {
            if (!name.equals("-") && task.files().stat(name) instanceof Inode.DirectoryNode) {
                if (!gnu && suffix == null) {
                    return;
                }
                code = suffix != null
                        ? task.fail(
                                gnu ? 4 : 1,
                                gnu ? "couldn't edit " + name + ": not a regular file" : name + ": Is a directory")
                        : task.fail(4, "read error on " + name + ": Is a directory");
                return;
            }
            lines = new ByteLines(Inputs.open(task, name), mark);
            if (separate) {
                number = 0;
            }
            changing = suffix == null ? "" : name;
        } catch (FileError e) {
            code = task.fail(gnu ? 2 : 1, (gnu ? "can't read " : "") + name + ": " + e.words());
        }
    }

    void write(String text) throws IOException {
        if (suffix == null) {
            Inputs.print(task, text);
        } else {
            changed.append(text);
        }
    }

    /** Puts a changed file in its place. */
    void save() {
        if (suffix != null && !changing.isEmpty()) {
            if (!suffix.isEmpty()) {
                String kept = suffix.contains("*")
                        ? suffix.replace("*", changing.replaceFirst(".*/", ""))
                        : changing.replaceFirst(".*/", "") + suffix;
                int slash = changing.lastIndexOf('/');
                task.files()
                        .write(
                                (kept.contains("/") ? "" : changing.substring(0, slash + 1)) + kept,
                                task.files().read(changing));
            }
            task.files().write(changing, changed.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        changed = new StringBuilder();
        changing = "";
        owes = false;
    }
}
