package dev.kuar.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of a tool and what came of it. */
record ToolRun(int exit, String output, String error) {
    static ToolRun of(Program tool, Path directory, String name, String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        environment.put("HOME", directory.toString());
        int exit = tool.run(new Invocation(
                name,
                List.of(arguments),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                directory,
                TerminalView.NONE));
        return new ToolRun(exit, out.toString(UTF_8), err.toString(UTF_8));
    }
}
