package dev.kuar.practice.container;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code tee}: what comes in goes on at once, and into the files. */
final class TeeTool {
    private static final int PIECE = 64 * 1024;

    private TeeTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("tee", Options.tool("ai", "aip", Map.of("append", 'a', "ignore-interrupts", 'i'), 1, TeeTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        List<OutputStream> outputs = new ArrayList<>(List.of(task.out()));
        int code = 0;
        for (String file : options.operands()) {
            try {
                OutputStream opened = ShellRedirects.Opened.write(task, task.fds(), file, options.has('a'))
                        .out();
                if (opened != null) {
                    outputs.add(opened);
                }
            } catch (FileError e) {
                code = Inputs.failed(task, e);
            }
        }
        byte[] buffer = new byte[PIECE];
        for (int got = task.in().read(buffer); got >= 0; got = task.in().read(buffer)) {
            for (OutputStream output : outputs) {
                output.write(buffer, 0, got);
                output.flush();
            }
        }
        return code;
    }
}
