package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code tee}: what comes in goes on at once; the files have all of it in the end. */
final class TeeTool {
    private TeeTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("tee", Options.tool("ai", "aip", Map.of("append", 'a', "ignore-interrupts", 'i'), 1, TeeTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        List<String> files = new ArrayList<>();
        int code = 0;
        for (String file : options.operands()) {
            try {
                Inode made = task.files().open(file, false);
                if (!options.has('a') && made instanceof Inode.FileNode) {
                    task.files().write(file, new byte[0]);
                }
                files.add(file);
            } catch (FileError e) {
                code = Inputs.failed(task, e);
            }
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int got = task.in().read(buffer); got >= 0; got = task.in().read(buffer)) {
            kept.write(buffer, 0, got);
            task.out().write(buffer, 0, got);
        }
        byte[] all = kept.toByteArray();
        for (String file : files) {
            byte[] before = options.has('a') && task.files().stat(file) instanceof Inode.FileNode
                    ? task.files().read(file)
                    : new byte[0];
            byte[] joined = Arrays.copyOf(before, before.length + all.length);
            System.arraycopy(all, 0, joined, before.length, all.length);
            task.save(file, joined);
        }
        return code;
    }
}
