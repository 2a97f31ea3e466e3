package dev.kuar.cli;

import dev.kuar.cluster.ClusterReason;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.practice.ClusterException;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.practice.PracticeClusters;
import dev.kuar.practice.Readiness;
import dev.kuar.practice.RunSettings;
import dev.kuar.process.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar practice serve}; {@link PracticeCluster} does the work until it is told to stop. */
@Command(
        name = "serve",
        description = "Run a practice cluster in the foreground until Ctrl-C or SIGTERM.",
        footer = {
            "  kuar practice serve --nodes 2 --ephemeral --kubeconfig /tmp/config",
            "  kuar practice serve my-cluster --profile gke --nodes 3",
            "  kuar practice serve --profile kubeadm --etcd-port 2379"
        })
final class ServeCommand implements Callable<Integer> {
    private static final Pattern AUTHORITY = Pattern.compile("certificate-authority-data: (\\S+)");
    /** Nodes are named by the cluster, so that it is what a name of Kubernetes may begin with. */
    private static final String NAMES = "^[a-z0-9.-]+$";

    private static final Duration START = Duration.ofSeconds(60);

    private final CommandContext context;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The cluster's name; my-cluster without.")
    String word = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The same.")
    String name = "";

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "1", description = "All nodes (default: 1).")
    int nodes;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "kind",
            description = "kind, kubeadm, minikube, docker-desktop, gke, aks or eks (default: kind).")
    String profile = "";

    @Option(
            names = "--kubernetes-version",
            paramLabel = "V",
            defaultValue = ClusterSpec.DEFAULT_VERSION,
            description = "What the cluster says it is (default: " + ClusterSpec.DEFAULT_VERSION + ").")
    String version = "";

    @Option(names = "--port", paramLabel = "P", defaultValue = "0", description = "On 127.0.0.1; any free one without.")
    int port;

    @Option(
            names = "--etcd-port",
            paramLabel = "P",
            description = "Serve etcd v3's gRPC API on 127.0.0.1; 0 for any free port, none without.")
    @Nullable
    Integer etcdPort;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Write a kubeconfig for the administrator here.")
    @Nullable
    Path kubeconfig;

    @Option(names = "--ephemeral", description = "Keep the cluster in memory only; nothing of it lasts.")
    boolean ephemeral;

    @Option(names = "--audit-log", paramLabel = "FILE", description = "Append one audit event a line here.")
    @Nullable
    Path auditLog;

    @Option(
            names = "--audit-policy",
            paramLabel = "FILE",
            description = "An audit.k8s.io/v1 Policy: how much of which requests --audit-log gets.")
    @Nullable
    Path auditPolicy;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        ClusterSpec spec = spec();
        PracticeClusters clusters = new PracticeClusters(context.host().home().clusters(), settings());
        Object before = Signals.register("TERM", clusters::close);
        Object interrupt = Signals.register("INT", clusters::close);
        try {
            String old = known(clusters, spec);
            Optional<PracticeCluster> cluster = owned(clusters, spec);
            if (cluster.isPresent()) {
                if (!old.isEmpty() && !old.equals(cluster.get().server())) {
                    context.host().clusters().moved(old, cluster.get().server());
                }
                try {
                    serve(cluster.get());
                } finally {
                    unmark(cluster.get());
                    new EtcdClients(context.host().home(), cluster.get()).forget();
                }
            }
            return 0;
        } catch (ClusterException refused) {
            throw ClusterReason.explain(refused);
        } catch (IllegalArgumentException usage) {
            throw new UserException(Fault.USAGE, String.valueOf(usage.getMessage()), usage);
        } finally {
            Signals.unregister("TERM", before);
            Signals.unregister("INT", interrupt);
            clusters.close();
        }
    }

    /** Where the cluster was served until now; empty for a new one. */
    private static String known(PracticeClusters clusters, ClusterSpec spec) {
        return spec.directory().isEmpty()
                ? ""
                : clusters.find(spec.name())
                        .map(cluster -> "https://127.0.0.1:" + cluster.port())
                        .orElse("");
    }

    /** The cluster once it is ours; empty when we were told to end before. */
    private Optional<PracticeCluster> owned(PracticeClusters clusters, ClusterSpec spec) {
        boolean told = false;
        while (true) {
            try {
                return Optional.of(clusters.serve(spec));
            } catch (ClusterException refused) {
                if (refused.kind() != ClusterException.Kind.OWNED
                        || port != 0
                        || auditLog != null
                        || etcdPort != null) {
                    throw refused;
                }
            }
            if (!told) {
                context.console().say("cli.serve.waiting", spec.name());
                context.console().output().flush();
                told = true;
            }
            if (!clusters.awaitTurn(spec.name())) {
                return Optional.empty();
            }
        }
    }

    private void serve(PracticeCluster cluster) throws InterruptedException {
        Path file = kubeconfig;
        if (file != null) {
            Path place = context.invocation().directory().resolve(file);
            cluster.writeKubeconfig(place);
            context.console().say("cli.serve.kubeconfig", place);
        }
        if (ephemeral) {
            mark(cluster);
        }
        context.console().say("cli.serve.address", cluster.spec().name(), cluster.server());
        EtcdClients clients = new EtcdClients(context.host().home(), cluster);
        clients.line().ifPresent(words -> context.console().say("cli.serve.etcd", words));
        context.console().output().flush();
        Readiness ready = cluster.waitReady(START);
        context.console()
                .say(ready.isReady() ? "cli.serve.ready" : "cli.serve.not-ready", String.join("\n  ", ready.missing()));
        context.console().output().flush();
        cluster.awaitClose();
    }

    private void unmark(PracticeCluster cluster) {
        try {
            Files.deleteIfExists(marked(cluster));
        } catch (IOException stays) {
            // A mark that stays is harmless: nothing else has the cluster's authority.
            return;
        }
    }

    private Path marked(PracticeCluster cluster) {
        return context.host().home().serving().resolve(String.valueOf(cluster.port()));
    }

    /** Lets every kuar of this home know that what listens on the port is practice. */
    private void mark(PracticeCluster cluster) {
        Matcher authority = AUTHORITY.matcher(cluster.kubeconfig());
        try {
            if (authority.find()) {
                byte[] pem = Base64.getDecoder().decode(authority.group(1));
                PrivateFile.write(marked(cluster), new String(pem, StandardCharsets.US_ASCII));
            }
        } catch (IOException unwritable) {
            // Without the mark the cluster is only read, which is safe.
            return;
        }
    }

    /** @throws UserException for a policy that is none, or one of a log that nobody writes */
    private RunSettings settings() {
        Integer etcd = etcdPort;
        Optional<Path> policy =
                Optional.ofNullable(auditPolicy).map(context.invocation().directory()::resolve);
        if (policy.isPresent() && auditLog == null) {
            throw new UserException(
                    Fault.USAGE, "--audit-policy says what is written; say with --audit-log FILE where to.");
        }
        try {
            return RunSettings.USUAL
                    .withEtcdPort(etcd == null ? OptionalInt.empty() : OptionalInt.of(etcd))
                    .withAuditPolicy(policy);
        } catch (IllegalArgumentException bad) {
            throw new UserException(Fault.USAGE, String.valueOf(bad.getMessage()), bad);
        }
    }

    private ClusterSpec spec() {
        String chosen = !name.isEmpty() ? name : !word.isEmpty() ? word : "my-cluster";
        if (!chosen.matches(NAMES)) {
            throw new UserException(
                    Fault.USAGE,
                    "'" + chosen + "' is not a valid cluster name, cluster names must match `" + NAMES + "`");
        }
        Optional<Path> directory = ephemeral
                ? Optional.empty()
                : Optional.of(context.host().home().clusters().resolve(chosen));
        return new ClusterSpec(
                chosen,
                profile,
                nodes,
                version.startsWith("v") ? version : "v" + version,
                directory,
                port,
                Optional.ofNullable(auditLog).map(context.invocation().directory()::resolve));
    }
}
