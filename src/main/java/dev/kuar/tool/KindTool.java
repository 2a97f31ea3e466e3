package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.List;

/** The stand-in of kind 0.30: {@code create}, {@code delete}, {@code get}, {@code export}, {@code load}, {@code version}. */
final class KindTool extends StandIn {
    static final String VERSION = "0.30.0";
    static final String PROFILE = "kind";
    static final String DEFAULT_NAME = "kind";

    private final ClusterHost host;

    KindTool(ClusterHost host) {
        super(List.of(
                "create cluster",
                "delete cluster",
                "delete clusters",
                "get clusters",
                "get nodes",
                "get kubeconfig",
                "export kubeconfig",
                "load docker-image"));
        this.host = host;
    }

    @Override
    int call(Invocation run) throws InterruptedException {
        try {
            return dispatch(run);
        } catch (UnknownFlagException e) {
            throw error(e.cobraText());
        }
    }

    private int dispatch(Invocation run) throws InterruptedException {
        List<String> words = run.arguments();
        boolean quiet = words.contains("-q") || words.contains("--quiet");
        KindLog log = new KindLog(run, quiet);
        List<String> line = words.stream()
                .filter(w -> !w.equals("-q") && !w.equals("--quiet") && !w.equals("-v=0"))
                .toList();
        String command =
                line.stream().filter(w -> !w.startsWith("-")).limit(2).reduce("", (a, b) -> (a + " " + b).strip());
        List<String> rest = withoutCommand(line, command.isEmpty() ? 0 : command.split(" ").length);
        if (KindHelp.wanted(line)) {
            run.output().print(KindHelp.text(command));
            return 0;
        }
        return switch (command) {
            case "create cluster" -> new KindCreate(host).run(run, rest, log);
            case "delete cluster", "delete clusters" -> new KindDelete(host).run(run, rest, log, command);
            case "get clusters", "get nodes", "get kubeconfig" -> new KindGet(host).run(run, rest, log, command);
            case "export kubeconfig" -> new KindExport(host).run(run, rest, log);
            case "version" -> version(run, quiet);
            case "load docker-image" ->
                throw error("image: \"" + (rest.isEmpty() ? "" : rest.get(0)) + "\" not present locally");
            default -> unknown(run, command, line);
        };
    }

    private static int unknown(Invocation run, String command, List<String> line) {
        if (line.contains("--version")) {
            run.output().println("kind version " + VERSION);
            return 0;
        }
        String first = command.split(" ")[0];
        if (!command.isEmpty() && !KindHelp.isGroup(first)) {
            throw error("unknown command \"" + first + "\" for \"kind\"");
        }
        if (command.contains(" ")) {
            throw error("unknown command \"" + command.substring(first.length() + 1) + "\" for \"kind " + first + "\"");
        }
        run.output().print(KindHelp.text(command));
        if (command.isEmpty()) {
            return 0;
        }
        throw error("Subcommand is required");
    }

    private static int version(Invocation run, boolean quiet) {
        run.output().println(quiet ? VERSION : "kind v" + VERSION + " practice stand-in");
        return 0;
    }

    private static List<String> withoutCommand(List<String> line, int words) {
        List<String> rest = new java.util.ArrayList<>(line);
        int dropped = 0;
        for (int i = 0; i < rest.size() && dropped < words; ) {
            if (rest.get(i).startsWith("-")) {
                i++;
            } else {
                rest.remove(i);
                dropped++;
            }
        }
        return rest;
    }

    static ToolFailure error(String text) {
        return new ToolFailure(1, "ERROR: " + text);
    }

    static String contextOf(String cluster) {
        return "kind-" + cluster;
    }

    /** The name that a flag gives, else {@code KIND_CLUSTER_NAME}, else kind. */
    static String nameOf(Invocation run, Arguments arguments, String otherwise) {
        return arguments.flag("name").orElseGet(() -> run.environment().getOrDefault("KIND_CLUSTER_NAME", otherwise));
    }

    /** The clusters of this tool, by name. */
    static List<ClusterHost.Hosted> clusters(ClusterHost host) {
        return host.list().stream().filter(c -> c.profile().equals(PROFILE)).toList();
    }
}
