package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a credential plugin of a kubeconfig for a token or certificate, and keeps the answer until it expires. */
public final class ExecCredentials {
    private static final String NOT_INSTALLED = """


            It looks like you are trying to use a client-go credential plugin that is not installed.

            To learn more about this feature, consult the documentation available at:
                  https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins""";

    private final Clock clock;
    private @Nullable Tree kept;

    public ExecCredentials(Clock clock) {
        this.clock = clock;
    }

    /** Drops what is kept, after the server refused it. */
    public synchronized void forget() {
        kept = null;
    }

    /** The {@code status} of the plugin's ExecCredential. */
    public synchronized Tree credentials(Tree exec, String server, Map<String, String> environment) throws IOException {
        Tree known = kept;
        // a kubectl of its own would look for the plugin at each run, so one that is gone from PATH is missed at once
        if (known != null && isFresh(known) && find(exec.text("command"), environment) != null) {
            return known;
        }
        Tree fresh = run(exec, server, environment);
        kept = fresh;
        return fresh;
    }

    /** What the plugin is told: the cluster too, where its entry asks for it. */
    private static Object spec(Tree exec, String server) {
        return exec.flag("provideClusterInfo")
                ? Tree.mapOf("cluster", Tree.mapOf("server", server), "interactive", false)
                : Tree.mapOf("interactive", false);
    }

    private boolean isFresh(Tree status) {
        String expiry = status.text("expirationTimestamp");
        return expiry.isEmpty() || Instant.parse(expiry).isAfter(clock.instant());
    }

    private static Tree run(Tree exec, String server, Map<String, String> environment) throws IOException {
        String command = exec.text("command");
        String hint = exec.text("installHint");
        String missing = "getting credentials: exec: executable " + command + " not found" + NOT_INSTALLED
                + (hint.isEmpty() ? "" : "\n\n" + hint);
        Path program = find(command, environment);
        if (program == null) {
            throw new IOException(missing);
        }
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(exec.texts("args"));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment);
        exec.items("env").forEach(variable -> builder.environment().put(variable.text("name"), variable.text("value")));
        builder.environment()
                .put(
                        "KUBERNETES_EXEC_INFO",
                        Json.compact(Tree.mapOf(
                                "apiVersion", exec.textOr("client.authentication.k8s.io/v1", "apiVersion"),
                                "kind", "ExecCredential",
                                "spec", spec(exec, server))));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        "getting credentials: exec: executable " + command + " failed with exit code " + code);
            }
            return new Tree(Json.parse(output)).at("status");
        } catch (ParseException malformed) {
            throw new IOException("getting credentials: decoding stdout: " + malformed.text(), malformed);
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("getting credentials: exec: interrupted", interrupted);
        }
    }

    private static @Nullable Path find(String command, Map<String, String> environment) {
        if (command.contains("/")) {
            return Files.isExecutable(Path.of(command)) ? Path.of(command) : null;
        }
        for (String folder : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path candidate = Path.of(folder).resolve(command);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
