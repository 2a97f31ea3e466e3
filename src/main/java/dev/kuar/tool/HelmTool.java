package dev.kuar.tool;

import dev.kuar.output.SafeOutput;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stand-in of Helm 3: {@code repo}, {@code search repo}, {@code install}, {@code upgrade}, {@code list}, {@code status},
 * {@code get}, {@code uninstall}, {@code version}.
 *
 * <p>It reaches clusters only by running kubectl, and its charts are data of practice.
 */
final class HelmTool extends StandIn {
    static final String VERSION = "v3.19.0";
    private static final Set<String> GROUPS = Set.of("", "repo", "search", "get");
    private static final Arguments.Flags CHANGE = Arguments.Flags.of(
            "set", "set-string", "values,f", "version", "timeout", "create-namespace!", "wait!", "dry-run!", "atomic!");
    private static final Map<String, Arguments.Flags> FLAGS = Map.of(
            "install", CHANGE.plus("generate-name,g!"),
            "upgrade", CHANGE.plus("install,i!", "reuse-values!", "reset-values!"),
            "repo add", Arguments.Flags.of("force-update!", "no-update!"),
            "search repo", Arguments.Flags.of("version", "versions,l!", "devel!"),
            "list", Arguments.Flags.of("all-namespaces,A!", "all,a!", "short,q!"),
            "get values", Arguments.Flags.of("all,a!", "revision"),
            "get manifest", Arguments.Flags.of("revision"),
            "status", Arguments.Flags.of("revision"),
            "uninstall", Arguments.Flags.of("keep-history!", "wait!", "ignore-not-found!", "timeout"),
            "version", Arguments.Flags.of("short!"));

    private final Program kubectl;
    private final ToolState state;
    private final Clock clock;

    HelmTool(Program kubectl, Path directory, Clock clock) {
        super(List.of(
                "repo add",
                "repo list",
                "repo update",
                "repo remove",
                "search repo",
                "get manifest",
                "get values",
                "get notes"));
        this.kubectl = kubectl;
        state = new ToolState(directory, "helm");
        this.clock = clock;
    }

    /** Releases and their notes come from a cluster: on a terminal they are shown, not obeyed. */
    private static Invocation safe(Invocation run) {
        return run.terminal().outputIsTerminal()
                ? new Invocation(
                        run.name(),
                        run.arguments(),
                        run.input(),
                        SafeOutput.around(run.output()),
                        SafeOutput.around(run.error()),
                        run.environment(),
                        run.directory(),
                        run.terminal())
                : run;
    }

    @Override
    int call(Invocation given) throws InterruptedException {
        Invocation run = safe(given);
        HelmLine line;
        try {
            line = HelmLine.of(run, GROUPS, FLAGS);
        } catch (UnknownFlagException e) {
            throw error(e.cobraText());
        }
        if (line.has("help") || line.command().isEmpty() || line.command().equals("help")) {
            run.output().print(HelmHelp.text(line.command()));
            return 0;
        }
        HelmRepos repos = new HelmRepos(state);
        return switch (line.command()) {
            case "repo add", "repo list", "repo update", "repo remove", "search repo" -> repos.run(line);
            case "install" -> new HelmInstall(line, kubectl, repos, clock).install();
            case "upgrade" -> new HelmInstall(line, kubectl, repos, clock).upgrade();
            case "uninstall" -> new HelmUninstall(line, kubectl, clock).run();
            case "list", "status", "get manifest", "get values", "get notes" ->
                new HelmShow(line, kubectl, clock).run();
            case "version" -> version(line);
            default -> throw unknown(line.command());
        };
    }

    private static int version(HelmLine line) {
        line.run()
                .output()
                .println(
                        line.has("short")
                                ? VERSION + " practice stand-in"
                                : "version.BuildInfo{Version:\"" + VERSION
                                        + "\", GitCommit:\"\", GitTreeState:\"practice stand-in\","
                                        + " GoVersion:\"\"}");
        return 0;
    }

    private static ToolFailure unknown(String command) {
        String group = command.split(" ")[0];
        if (GROUPS.contains(group)) {
            return new ToolFailure(
                    command.contains(" ") ? 1 : 0, HelmHelp.text(group).strip());
        }
        return error("unknown command \"" + group + "\" for \"helm\"\nRun 'helm --help' for usage.");
    }

    static ToolFailure error(String text) {
        return new ToolFailure(1, "Error: " + text);
    }
}
