package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.kubectl.rest.ClientSettings;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.kubectl.rest.ResourceMapper;
import dev.kuar.kubectl.rest.RestClient;
import dev.kuar.kubectl.rest.SettingsResolver;
import dev.kuar.output.SafeOutput;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a command: its flags and arguments, its streams, and the cluster that it talks to. */
final class Run implements RestClient.RequestLog {
    private final Invocation invocation;
    private final CommandSpec command;
    private final Flags flags;
    private final List<String> arguments;
    private final int dash;
    private final Shared shared;
    private final Consumer<RunDetails> report;
    private final Cancellation cancellation;
    private final PrintStream out;
    private final PrintStream err;
    private final Set<String> warned = new HashSet<>();
    private @Nullable RestClient client;
    private @Nullable KubeConfig config;
    private boolean reported;

    Run(
            Invocation invocation,
            CommandSpec command,
            Flags flags,
            ArgumentParser parsed,
            Shared shared,
            Consumer<RunDetails> report,
            Cancellation cancellation) {
        this.invocation = invocation;
        this.command = command;
        this.flags = flags;
        this.arguments = parsed.arguments();
        this.dash = parsed.dash();
        this.shared = shared;
        this.report = report;
        this.cancellation = cancellation;
        boolean terminal = invocation.terminal().outputIsTerminal();
        this.out = terminal ? SafeOutput.around(invocation.output()) : invocation.output();
        this.err = terminal ? SafeOutput.around(invocation.error()) : invocation.error();
    }

    /** What outlives a run: the clock, and the clients by their settings. */
    interface Shared {
        Clock clock();

        dev.kuar.kubectl.rest.SharedClient client(ClientSettings settings);
    }

    Invocation invocation() {
        return invocation;
    }

    CommandSpec command() {
        return command;
    }

    Flags flags() {
        return flags;
    }

    List<String> arguments() {
        return arguments;
    }

    /** How many arguments stood before {@code --}; -1 without one. */
    int dash() {
        return dash;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    Clock clock() {
        return shared.clock();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    String text(String flag) {
        return flags.text(flag);
    }

    boolean on(String flag) {
        return flags.on(flag);
    }

    /** A line on standard output; a newline in every system's output is the same. */
    void line(String text) {
        out.print(text + "\n");
    }

    void error(String text) {
        err.print(text + "\n");
    }

    @Override
    public void warning(String text) {
        if (warned.add(text)) {
            error("Warning: " + text);
        }
    }

    @Override
    public void unhandled(String text) {
        error(LogLine.head("E", clock()) + "memcache.go:265] \"Unhandled Error\" err="
                + dev.kuar.kubectl.data.Json.quote(text));
    }

    @Override
    public void request(String method, String url, int status, long milliseconds) {
        if (flags.number("v") >= 6) {
            error(LogLine.head("I", clock()) + "round_trippers.go:632] \"Response\" verb=\"" + method + "\" url=\""
                    + url
                    + "\" status=\"" + (status == 200 ? "200 OK" : String.valueOf(status)) + "\" milliseconds="
                    + milliseconds);
        }
    }

    KubeConfig config() {
        KubeConfig known = config;
        if (known == null) {
            known = KubeConfig.load(flags.givenOrNull("kubeconfig"), invocation.environment(), invocation.directory());
            config = known;
        }
        return known;
    }

    RestClient client() {
        RestClient known = client;
        if (known == null) {
            ClientSettings settings = new SettingsResolver(config(), this::globalFlag, invocation.directory())
                    .resolve(flags.list("as-group"), invocation.environment());
            known = new RestClient(
                    settings, shared.client(settings), cancellation, this, invocation.environment(), requestTimeout());
            client = known;
        }
        return known;
    }

    /** The value of a flag that means the connection; a command's own flag of the same name doesn't. */
    private @Nullable String globalFlag(String name) {
        boolean own = Flag.parse(command.flags()).stream()
                .anyMatch(flag -> flag.name().equals(name));
        return own ? null : flags.givenOrNull(name);
    }

    private Duration requestTimeout() {
        String text = flags.text("request-timeout");
        try {
            return text.matches("[0-9]*")
                    ? Duration.ofSeconds(text.isEmpty() ? 0 : Long.parseLong(text))
                    : flags.duration("request-timeout");
        } catch (ParseException malformed) {
            throw Failure.error(
                    "Invalid timeout value. Timeout must be a single integer in seconds, or an integer "
                            + "followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
                    malformed);
        }
    }

    ResourceMapper mapper() {
        return new ResourceMapper(client());
    }

    String namespace() {
        return client().settings().namespace();
    }

    boolean namespaceGiven() {
        return client().settings().namespaceGiven();
    }

    /** Tells what ran, for those who check it. */
    void report(String apiVersion, String kind, String namespace, List<String> names, List<Map<String, String>> rows) {
        reported = true;
        report.accept(
                new RunDetails(command.path(), apiVersion, kind, namespace, names, flags.summary(), context(), rows));
    }

    void report(String apiVersion, String kind, String namespace, String name) {
        report(apiVersion, kind, namespace, name.isEmpty() ? List.of() : List.of(name), List.of());
    }

    /** Whether it has been told what ran. */
    boolean reported() {
        return reported;
    }

    private String context() {
        RestClient known = client;
        return known == null ? "" : known.settings().context();
    }

    /** All of standard input. */
    byte[] readInput() {
        try {
            return invocation.input().readAllBytes();
        } catch (IOException failure) {
            throw Failure.error("error reading from stdin: " + failure.getMessage(), failure);
        }
    }

    /** A usage complaint that points at the command's help. */
    Failure usage(String problem) {
        return Failure.plain("error: " + problem + "\nSee 'kubectl " + command.path() + " -h' for help and examples");
    }
}
