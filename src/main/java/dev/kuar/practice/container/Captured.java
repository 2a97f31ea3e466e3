package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command beside the main process wrote, standard output before standard error, and how it ended. */
record Captured(int code, String output) {
    static Captured of(Container container, List<String> argv) throws RuntimeError {
        try (ExecSession session = container.exec(argv, false, false)) {
            String out = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8);
            return new Captured(session.exit().join(), out + err);
        } catch (IOException e) {
            return new Captured(1, "");
        }
    }
}
