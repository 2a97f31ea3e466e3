package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that {@code <(…)} and {@code >(…)} stand for. */
final class ShellFeeds {
    private static final String FOLDER = "/dev/fd";

    private final Shell shell;
    private final ShellProcesses processes;
    /** What is to read the files, once the command is done that writes them. */
    private final Map<String, String> readers = new LinkedHashMap<>();

    ShellFeeds(Shell shell, ShellProcesses processes) {
        this.shell = shell;
        this.processes = processes;
    }

    /** The path of a file with what a command prints, or of one that it is given to read. */
    String path(String script, boolean reads) throws IOException, InterruptedException {
        FileView files = shell.files();
        int number = 63;
        while (readers.containsKey(FOLDER + "/" + number) || reads && files.exists(FOLDER + "/" + number)) {
            number--;
        }
        if (!files.exists(FOLDER)) {
            files.makeDirectory(FOLDER, 0755);
        }
        String path = FOLDER + "/" + number;
        byte[] content = new byte[0];
        if (reads) {
            String output = shell.output(script);
            content = (output.isEmpty() ? "" : output + "\n").getBytes(StandardCharsets.UTF_8);
        } else {
            readers.put(path, script);
        }
        files.write(path, content);
        return path;
    }

    /** Whether a command is to read what is being written. */
    boolean any() {
        return !readers.isEmpty();
    }

    /** Lets them read; the status stays. */
    void flush() throws IOException, InterruptedException {
        int before = shell.status;
        for (String path : List.copyOf(readers.keySet())) {
            processes.feed(readers.remove(path), shell.files().read(path));
        }
        shell.status = before;
    }
}
