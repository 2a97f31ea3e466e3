package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.nio.file.Path;
import java.util.List;

/**
 * The stand-in of gcloud: {@code auth}, {@code config}, {@code components}, {@code projects list} and
 * {@code container clusters}.
 */
final class GcloudTool extends StandIn {
    static final String PROFILE = "gke";
    private static final List<String> COMMANDS = List.of(
            "container clusters get-credentials",
            "container clusters create",
            "container clusters delete",
            "container clusters describe",
            "container clusters list",
            "components install",
            "components list",
            "components update",
            "projects list",
            "config set",
            "config unset",
            "config get-value",
            "config get",
            "config list",
            "auth login",
            "auth list",
            "auth revoke",
            "auth print-access-token",
            "version",
            "info");

    private final ClusterHost host;
    private final ToolState state;
    private final GkePlugin plugin;

    GcloudTool(ClusterHost host, Path directory) {
        super(COMMANDS);
        this.host = host;
        state = new ToolState(directory, "gcloud");
        plugin = new GkePlugin(directory);
    }

    @Override
    int call(Invocation run) throws InterruptedException {
        List<String> line = run.arguments();
        if (line.equals(List.of("--version"))) {
            return new GcloudConfig(state).version(run);
        }
        String joined = String.join(" ", line) + " ";
        String command = COMMANDS.stream()
                .filter(c -> joined.startsWith(c + " "))
                .findFirst()
                .orElseThrow(() -> unknown(line));
        List<String> rest = line.subList(command.split(" ").length, line.size());
        if (rest.contains("--help") || rest.contains("-h")) {
            run.output().print(GcloudHelp.text(command));
            return 0;
        }
        try {
            return dispatch(run, command, rest);
        } catch (UnknownFlagException e) {
            String at = "(gcloud." + command.replace(' ', '.') + ") ";
            throw new ToolFailure(2, "ERROR: " + at + e.gcloudText());
        }
    }

    private int dispatch(Invocation run, String command, List<String> rest) throws InterruptedException {
        if (command.startsWith("container clusters ")) {
            return new GkeClusters(host, state, plugin)
                    .run(run, command.substring("container clusters ".length()), rest);
        }
        if (command.startsWith("components ")) {
            return new GcloudComponents(plugin).run(run, command.substring("components ".length()), rest);
        }
        if (command.startsWith("auth ")) {
            return new GcloudAuth(state).run(run, command.substring("auth ".length()), rest);
        }
        return new GcloudConfig(state).run(run, command, rest);
    }

    private static ToolFailure unknown(List<String> line) {
        StringBuilder known = new StringBuilder();
        for (String word : line) {
            String longer = (known + " " + word).strip();
            if (COMMANDS.stream().noneMatch(c -> (c + " ").startsWith(longer + " "))) {
                String at = known.isEmpty()
                        ? "gcloud"
                        : "gcloud." + known.toString().strip().replace(' ', '.');
                return new ToolFailure(
                        2,
                        "ERROR: (" + at + ") Invalid choice: '" + word + "'.\n" + "This stand-in has: "
                                + below(known.toString().strip()));
            }
            known.append(' ').append(word);
        }
        String at = known.isEmpty()
                ? "gcloud"
                : "gcloud." + known.toString().strip().replace(' ', '.');
        return new ToolFailure(
                2,
                "ERROR: (" + at + ") Command name argument expected.\n\nAvailable commands in this stand-in: "
                        + below(known.toString().strip()));
    }

    private static String below(String prefix) {
        String start = prefix.isEmpty() ? "" : prefix + " ";
        return COMMANDS.stream()
                .filter(c -> c.startsWith(start))
                .map(c -> c.substring(start.length()).split(" ")[0])
                .distinct()
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    /** The error of a command, worded as gcloud words it. */
    static ToolFailure error(String command, String text) {
        return new ToolFailure(1, "ERROR: (gcloud." + command.replace(' ', '.') + ") " + text);
    }

    /** The refusal while nobody is logged in. */
    static ToolFailure noAccount(String command) {
        return error(command, """
            You do not currently have an active account selected.
            Please run:

              $ gcloud auth login

            to obtain new credentials.

            If you have already logged in with a different account, run:

              $ gcloud config set account ACCOUNT

            to select an already authenticated account to use.""");
    }
}
