package dev.kuar.cli;

import dev.kuar.cluster.ClusterProvider;
import dev.kuar.cluster.ClusterProvider.Wish;
import dev.kuar.cluster.ClusterReason;
import dev.kuar.cluster.Clusters;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.guard.TrustBook;
import dev.kuar.output.Console;
import dev.kuar.output.SafeText;
import dev.kuar.output.Table;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.tool.ClusterHost.Hosted;
import dev.kuar.tool.ClusterHost.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar cluster}; {@link Clusters} does the work. */
@Command(
        name = "cluster",
        description = "Create, list, use, stop, delete and adopt clusters.",
        subcommands = {
            SnapshotCommand.class,
            RestoreCommand.class,
            ClusterAdoptCommand.class,
            ClusterUnadoptCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  kuar cluster create --provider kind --nodes 3 --wait 1m",
            "  kuar cluster list",
            "  kuar cluster adopt my-context",
            "  kuar cluster delete my-cluster"
        })
final class ClusterCommand {
    private static final List<String> PROVIDERS =
            List.of("kind", "kubeadm", "minikube", "docker-desktop", "gke", "aks", "eks", "kubeconfig");
    private static final Pattern GO_DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    private final CommandContext context;

    ClusterCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "create",
            description = "Create a practice cluster and make its context the current one.",
            footer = {
                "  kuar cluster create my-cluster --provider kind --nodes 3 --wait 5m",
                "  kuar cluster create --provider gke --dry-run"
            })
    int create(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "The cluster's name.") Optional<String> name,
            @Option(
                            names = "--provider",
                            paramLabel = "P",
                            description =
                                    "practice, kind, kubeadm, minikube, docker-desktop, gke, aks, eks: a practice cluster of "
                                            + "that shape, a real one where the provider's tool is live. kubeconfig: "
                                            + "a context of your own, by its NAME.")
                    Optional<String> provider,
            @Option(
                            names = "--nodes",
                            paramLabel = "N",
                            description = "All nodes, a control plane included where one shows.")
                    Optional<Integer> nodes,
            @Option(names = "--kubernetes-version", paramLabel = "V", description = "For instance v1.31.14.")
                    Optional<String> version,
            @Option(
                            names = "--wait",
                            paramLabel = "DURATION",
                            description = "Wait until the nodes are Ready, at most so long: 5m.")
                    Optional<String> wait,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun,
            @Option(names = "--yes", description = "Don't ask before what costs money.") boolean yes)
            throws InterruptedException {
        String profile = provider.filter(p -> !p.equals("practice")).orElse("kind");
        if (!PROVIDERS.contains(profile)) {
            throw UserException.saying(Fault.USAGE, "cluster.no-such-provider", profile, String.join(", ", PROVIDERS));
        }
        Duration limit = duration(wait.orElse("0s"));
        Order order = new Order(
                name.orElse(defaultName(profile)),
                profile,
                nodes.orElse(defaultNodes(profile)),
                version.map(v -> v.startsWith("v") ? v : "v" + v).orElse(ClusterSpec.DEFAULT_VERSION),
                Map.of());
        Console console = context.console();
        if (order.nodes() < 1) {
            throw UserException.saying(Fault.USAGE, "cluster.nodes-at-least-one", order.nodes());
        }
        if (profile.equals("kubeconfig")) {
            return take(name, dryRun);
        }
        Optional<ClusterProvider> real = real().live(profile);
        if (real.isPresent()) {
            Path configuration = context.host().home().root().resolve("kind-" + order.name() + ".yaml");
            Optional<String> asked = version.map(v -> v.startsWith("v") ? v : "v" + v);
            Wish wish = new Wish(order.name(), order.nodes(), asked, wait, configuration);
            return real().create(real.get(), wish, dryRun, yes);
        }
        if (dryRun) {
            console.say("cluster.would-create", order.name(), profile, order.nodes(), order.kubernetesVersion());
            return 0;
        }
        Hosted made = clusters().create(order);
        if (!limit.isZero() && !clusters().waitReady(made.name(), limit)) {
            console.note("cluster.not-ready", made.name(), wait.orElse(""));
            return 1;
        }
        console.say("cluster.created", made.name(), clusters().contextOf(made));
        return 0;
    }

    /** Nothing is made: a context of the learner's own becomes the current one. */
    private int take(Optional<String> name, boolean dryRun) {
        List<String> there =
                clusters().reals().stream().map(Clusters.Real::context).toList();
        if (name.isEmpty() || !there.contains(name.get())) {
            throw UserException.saying(
                    ClusterReason.NO_SUCH_CLUSTER, "cluster.name-a-context", String.join(", ", there));
        }
        if (!dryRun) {
            clusters().use(name.get());
        }
        context.console().say(dryRun ? "cluster.would-use" : "cluster.using-own", SafeText.of(name.get()));
        return 0;
    }

    private RealClusters real() {
        return new RealClusters(context);
    }

    @Command(
            name = "list",
            description = "List practice clusters, then the contexts of real ones; * marks the current one.",
            footer = "  kuar cluster list")
    int list() {
        String current = clusters().current().map(Hosted::name).orElse("");
        Table table = Table.titled("", "NAME", "PROVIDER", "NODES", "VERSION", "STATUS", "CONTEXT");
        for (Hosted each : clusters().list()) {
            table.row(
                    each.name().equals(current) ? "*" : "",
                    each.name(),
                    each.profile() + " (practice)",
                    each.nodes(),
                    each.serverVersion(),
                    each.running() ? "RUNNING" : "STOPPED",
                    SafeText.of(clusters().contextOf(each)));
        }
        for (Clusters.Real each : clusters().reals()) {
            table.row(
                    each.current() ? "*" : "",
                    SafeText.of(each.context()),
                    each.standing().word(),
                    "-",
                    "-",
                    "-",
                    SafeText.of(each.context()));
        }
        context.console().print(table);
        return 0;
    }

    @Command(
            name = "info",
            description = "Show one cluster; the current one without a name.",
            footer = {"  kuar cluster info", "  kuar cluster info my-cluster"})
    int info(@Parameters(paramLabel = "NAME", arity = "0..1") Optional<String> name) {
        Optional<Clusters.Real> real = name.isPresent()
                ? clusters().real(name.get())
                : clusters().reals().stream().filter(Clusters.Real::current).findFirst();
        if (real.isPresent()) {
            context.console().print(described(real.get()));
            return 0;
        }
        Hosted cluster = name.map(n -> clusters().require(n))
                .or(() -> clusters().current())
                .orElseThrow(() -> UserException.saying(Fault.USAGE, "cluster.none-current"));
        context.console()
                .print(Table.titled("NAME", cluster.name())
                        .row("PROVIDER", cluster.profile() + " (practice)")
                        .row("NODES", cluster.nodes())
                        .row("VERSION", cluster.serverVersion())
                        .row("STATUS", cluster.running() ? "RUNNING" : "STOPPED")
                        .row("CONTEXT", clusters().contextOf(cluster))
                        .row("SERVER", clusters().server(cluster)));
        return 0;
    }

    /** With the cluster's own address and, where the guard stands before it, the one that clients are given. */
    private Table described(Clusters.Real real) {
        String server =
                clusters().login(real.context()).map(login -> login.server()).orElse(real.server());
        Table table = Table.titled("NAME", SafeText.of(real.context()))
                .row("PROVIDER", real.standing().word())
                .row("CONTEXT", SafeText.of(real.context()))
                .row("SERVER", SafeText.of(server));
        return server.equals(real.server())
                ? table
                : table.row("GUARD", context.console().messages().text("cluster.behind-guard", real.server()));
    }

    @Command(
            name = "use",
            description = "Make a cluster's context the current one.",
            footer = "  kuar cluster use my-cluster")
    int use(@Parameters(paramLabel = "NAME") String name) {
        context.console().say("cluster.using", SafeText.of(clusters().use(name)));
        return 0;
    }

    @Command(
            name = "start",
            description = "Start a cluster that was stopped.",
            footer = "  kuar cluster start my-cluster")
    int start(@Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        Optional<TrustBook.Entry> made = real().made(name);
        if (made.isPresent()) {
            return real().start(made.get());
        }
        clusters().start(name);
        context.console().say("cluster.started", name);
        return 0;
    }

    @Command(
            name = "stop",
            description = "Stop a cluster; what it holds is kept.",
            footer = "  kuar cluster stop my-cluster")
    int stop(@Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        Optional<TrustBook.Entry> made = real().made(name);
        if (made.isPresent()) {
            return real().stop(made.get());
        }
        clusters().stop(name);
        context.console().say("cluster.stopped", name);
        return 0;
    }

    @Command(
            name = "delete",
            description = "Delete a cluster, all that it holds, and its context.",
            footer = "  kuar cluster delete my-cluster")
    int delete(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--yes", description = "Don't ask before a real cluster is deleted.") boolean yes)
            throws InterruptedException {
        Optional<TrustBook.Entry> made = real().made(name);
        if (made.isPresent()) {
            return real().delete(made.get(), yes);
        }
        if (clusters().real(name).isPresent()) {
            throw UserException.saying(ClusterReason.NOT_POSSIBLE, "cluster.not-kuars", name);
        }
        clusters().delete(name);
        context.console().say("cluster.deleted", name);
        return 0;
    }

    @Command(
            name = "kubeconfig",
            description = "Print a kubeconfig for one cluster, with its secrets.",
            footer = "  kuar cluster kubeconfig my-cluster > my-kubeconfig")
    int kubeconfig(@Parameters(paramLabel = "NAME") String name) {
        context.console().output().print(clusters().kubeconfig(name));
        return 0;
    }

    private Clusters clusters() {
        return context.host().clusters();
    }

    private static String defaultName(String profile) {
        return switch (profile) {
            case "kind", "minikube", "docker-desktop" -> profile;
            case "kubeadm" -> "kubernetes";
            default -> "kuar-cluster";
        };
    }

    private static int defaultNodes(String profile) {
        return switch (profile) {
            case "gke", "aks" -> 3;
            case "eks" -> 2;
            default -> 1;
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = GO_DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw UserException.saying(Fault.USAGE, "cluster.bad-duration", text);
        }
        return Duration.ofHours(part(matcher, 1)).plusMinutes(part(matcher, 2)).plusSeconds(part(matcher, 3));
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
