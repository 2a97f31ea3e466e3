package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.kubectl.rest.Failure;
import java.util.Map;

/** {@code kubectl version}: client, Kustomize and server, and a warning when they are too far apart. */
final class VersionCommand {
    static final String CLIENT = "v1.36.2";
    static final String KUSTOMIZE = "v5.8.1";
    static final String FLAGS = """
            client bool If true, shows client version only (no server required).
            output,o string One of 'yaml' or 'json'.
            """;

    private VersionCommand() {}

    static int run(Run run) {
        String output = run.text("output");
        if (!output.isEmpty() && !"json".equals(output) && !"yaml".equals(output)) {
            throw Failure.error("--output must be 'yaml' or 'json'");
        }
        if (!run.arguments().isEmpty()) {
            throw Failure.error("extra arguments: " + "[" + String.join(" ", run.arguments()) + "]");
        }
        Tree server = Tree.NONE;
        Failure failure = null;
        if (!run.on("client")) {
            try {
                server = run.client().get("/version?timeout=32s");
                run.report("", "", "", "");
            } catch (Failure unreachable) {
                failure = unreachable;
            }
        }
        Map<String, Object> whole =
                Tree.mapOf("clientVersion", client(), "kustomizeVersion", KUSTOMIZE, "serverVersion", server.value());
        if ("json".equals(output)) {
            run.out().print(Json.pretty(whole, "  ") + "\n");
        } else if ("yaml".equals(output)) {
            run.out().print(YamlWriter.write(whole));
        } else {
            run.line("Client Version: " + CLIENT);
            run.line("Kustomize Version: " + KUSTOMIZE);
            if (server.isMap()) {
                run.line("Server Version: " + server.text("gitVersion"));
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (server.isMap()) {
            skew(run, server);
        }
        return 0;
    }

    private static Map<String, Object> client() {
        return Tree.mapOf(
                "buildDate", "2026-06-10T00:00:00Z",
                "compiler", "gc",
                "gitCommit", "unknown",
                "gitTreeState", "clean",
                "gitVersion", CLIENT,
                "goVersion", "go1.26.4",
                "major", "1",
                "minor", "36",
                "platform", "linux/amd64");
    }

    private static void skew(Run run, Tree server) {
        String[] parts = server.text("gitVersion").replaceFirst("^v", "").split("[.+-]");
        if (parts.length < 2 || !parts[1].matches("[0-9]+")) {
            return;
        }
        int minor = Integer.parseInt(parts[1]);
        if (!"1".equals(parts[0]) || Math.abs(minor - 36) > 1) {
            run.error("Warning: version difference between client (1.36) and server (" + parts[0] + "." + minor
                    + ") exceeds the supported minor version skew of +/-1");
        }
    }
}
