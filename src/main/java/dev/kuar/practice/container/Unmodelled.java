package dev.kuar.practice.container;

import java.io.IOException;
import java.util.Map;

/** Programs of images that do nothing here, and say so: what is missing never passes for what went well. */
final class Unmodelled {
    private Unmodelled() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "ed",
                task -> task.fail(
                        1,
                        "the practice cluster has no ed; use vi at a terminal, cat > FILE, or sed -i to change files"));
        tools.putIfAbsent("apk", task -> task.fail(1, "the practice cluster installs no packages; use another image"));
        tools.put("bunzip2", task -> task.fail(1, "the practice cluster reads no bzip2; use gzip and gunzip"));
    }

    /** An option that a program knows elsewhere. */
    static int option(Task task, int code, String option) throws IOException {
        return task.fail(code, "the practice cluster does not have " + option);
    }
}
