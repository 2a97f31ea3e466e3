package dev.kuar.tool;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Helm's way to the cluster: runs of kubectl with the namespace, context and kubeconfig of one run of helm. */
final class HelmKubectl {
    private final Program kubectl;
    private final Invocation run;
    private final List<String> reach;

    /** {@code reach} are flags for every run: {@code --context=…}. */
    HelmKubectl(Program kubectl, Invocation run, List<String> reach) {
        this.kubectl = kubectl;
        this.run = run;
        this.reach = List.copyOf(reach);
    }

    /** What came of one run. */
    record Result(int exit, String output, String error) {
        /** The first line of the refusal, without kubectl's own words around it. */
        String problem() {
            String text = error.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("Warning:"))
                    .reduce((first, second) -> second)
                    .orElse("kubectl ended with exit code " + exit);
            return text.replaceFirst("^error: ", "").replaceFirst("^Error from server( \\([A-Za-z]+\\))?: ", "");
        }

        boolean notFound() {
            return error.contains("(NotFound)");
        }
    }

    Result run(String input, String... arguments) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(reach);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = kubectl.run(new Invocation(
                "kubectl",
                line,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                run.environment(),
                run.directory(),
                TerminalView.NONE));
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The JSON that a run printed; the run's refusal is that the cluster can't be reached or won't answer. */
    Tree read(String... arguments) throws InterruptedException {
        Result result = run("", arguments);
        if (result.exit() != 0) {
            throw HelmTool.error(
                    result.error().contains("Error from server")
                            ? "query: failed to query with labels: " + result.problem()
                            : "Kubernetes cluster unreachable: " + result.problem());
        }
        return new Tree(Json.parse(result.output()));
    }

    /** The namespace of the current context. */
    String currentNamespace() throws InterruptedException {
        Result result = run("", "config", "view", "--minify", "-o", "jsonpath={..namespace}");
        return result.exit() == 0 && !result.output().isBlank()
                ? result.output().strip()
                : "default";
    }
}
