package dev.kuar.cluster;

import dev.kuar.error.UserException;
import dev.kuar.guard.Guard;
import dev.kuar.guard.Recognition;
import dev.kuar.guard.Standing;
import dev.kuar.guard.TrustBook;
import dev.kuar.kube.Kubeconfig;
import dev.kuar.practice.profile.Profile;
import dev.kuar.process.KuarHome;
import dev.kuar.tool.ClusterHost;
import dev.kuar.tool.ClusterHost.Access;
import dev.kuar.tool.ClusterHost.Hosted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The practice clusters of one KUAR_HOME together with kuar's kubeconfig: what {@code kuar cluster} does.
 *
 * <p>A cluster is found in the kubeconfig by its server's URL, so that one made by a stand-in under another context name is
 * the same cluster.
 */
public final class Clusters {
    private final ClusterHost host;
    private final KuarHome home;
    private final Path kubeconfig;
    private final Recognition recognition;
    private final Guard guard;

    public Clusters(ClusterHost host, KuarHome home, Guard guard) {
        this.host = host;
        this.guard = guard;
        this.home = home;
        this.kubeconfig = home.kubeconfig();
        this.recognition = new Recognition(home);
    }

    /**
     * A cluster that is not practice, as a context of kuar's kubeconfig leads to it.
     *
     * @param server its URL; for a guarded one the guard's
     */
    public record Real(String context, Standing standing, String server, boolean current) {}

    /** The contexts that lead to no practice cluster, in file order. */
    public List<Real> reals() {
        var unused = guard.ready();
        Kubeconfig config = Kubeconfig.load(kubeconfig);
        List<Real> reals = new ArrayList<>();
        for (String context : config.contexts()) {
            Map<String, Object> body = config.find("contexts", context).orElse(Map.of());
            Map<String, Object> cluster =
                    config.find("clusters", String.valueOf(body.get("cluster"))).orElse(Map.of());
            String server = text(cluster, "server");
            String file = text(cluster, "certificate-authority");
            String data = text(cluster, "certificate-authority-data");
            Standing standing = recognition.of(server, data.isEmpty() ? file : data);
            if (standing != Standing.PRACTICE) {
                reals.add(new Real(context, standing, server, context.equals(config.currentContext())));
            }
        }
        return reals;
    }

    private static String text(Map<String, Object> body, String key) {
        Object value = body.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    /** All practice clusters, by name. */
    public List<Hosted> list() {
        return host.list();
    }

    /** The cluster of the current context; empty when that is none of ours. */
    public Optional<Hosted> current() {
        String context = Kubeconfig.load(kubeconfig).currentContext();
        return host.list().stream().filter(c -> contextOf(c).equals(context)).findFirst();
    }

    /**
     * Makes a cluster and its context, which becomes the current one; returns when the API answers.
     *
     * @throws UserException when the name is taken
     */
    public Hosted create(ClusterHost.Order order) {
        if (host.find(order.name()).isPresent()) {
            throw UserException.saying(ClusterReason.NAME_TAKEN, "cluster.name-taken", order.name());
        }
        mustBeUsable();
        Hosted made = host.create(order);
        putContext(made);
        return made;
    }

    /**
     * Before something is made that needs a context.
     *
     * @throws UserException where kuar's kubeconfig could not take one
     */
    public void mustBeUsable() {
        var unused = Kubeconfig.load(kubeconfig);
    }

    private void putContext(Hosted made) {
        Kubeconfig config = Kubeconfig.load(kubeconfig);
        String context = Profile.named(made.profile()).contextName(made.name());
        Access access = host.access(made.name());
        config.putContext(context, context, context, clusterBody(access), userBody(access));
        config.save();
    }

    /** Writes all that a cluster is and holds to a file; the revision that it shows. */
    public long snapshot(String name, Path file) {
        return host.snapshot(require(name).name(), file);
    }

    /**
     * Makes a cluster of what {@link #snapshot} wrote; its context becomes the current one.
     *
     * @param name another than it had; empty for the same
     */
    public Hosted restore(Path file, String name) {
        Hosted made = host.restore(file, name);
        putContext(made);
        return made;
    }

    /** Lets every context that leads to {@code before} lead to {@code now}: the cluster got another port. */
    public void moved(String before, String now) {
        Kubeconfig config = Kubeconfig.load(kubeconfig);
        boolean changed = false;
        for (String context : config.contexts()) {
            Map<String, Object> body = config.find("contexts", context).orElse(Map.of());
            String entry = String.valueOf(body.get("cluster"));
            if (before.equals(server(config, entry))) {
                Map<String, Object> cluster =
                        new LinkedHashMap<>(config.find("clusters", entry).orElse(Map.of()));
                cluster.put("server", now);
                config.put("clusters", entry, cluster);
                changed = true;
            }
        }
        if (changed) {
            config.save();
        }
    }

    /** Waits until all nodes are Ready. */
    public boolean waitReady(String name, java.time.Duration limit) throws InterruptedException {
        return host.waitReady(name, limit);
    }

    /** Makes the cluster's context the current one; its name. A context of a real cluster is used by its own name. */
    public String use(String name) {
        Optional<Real> real =
                reals().stream().filter(r -> r.context().equals(name)).findFirst();
        if (real.isPresent() && host.find(name).isEmpty()) {
            Kubeconfig config = Kubeconfig.load(kubeconfig);
            config.useContext(name);
            config.save();
            return name;
        }
        Hosted cluster = require(name);
        String context = contextOf(cluster);
        Kubeconfig config = Kubeconfig.load(kubeconfig);
        if (config.find("contexts", context).isEmpty()) {
            Access access = host.access(cluster.name());
            config.putContext(context, context, context, clusterBody(access), userBody(access));
        }
        config.useContext(context);
        config.save();
        return context;
    }

    public void start(String name) {
        host.start(require(name).name());
    }

    public void stop(String name) {
        host.stop(require(name).name());
    }

    /** Removes the cluster and every context that leads to it. */
    public void delete(String name) {
        Hosted cluster = require(name);
        String server = host.access(cluster.name()).server();
        Kubeconfig config = Kubeconfig.load(kubeconfig);
        for (String context : config.contexts()) {
            Map<String, Object> body = config.find("contexts", context).orElse(Map.of());
            String entry = String.valueOf(body.get("cluster"));
            if (server.equals(server(config, entry))) {
                config.remove("contexts", context);
                config.remove("users", String.valueOf(body.get("user")));
                config.remove("clusters", entry);
            }
        }
        config.save();
        host.delete(cluster.name());
    }

    /** The cluster of that name, also by the name that its tool gave it. */
    public Hosted require(String name) {
        return host.find(name)
                .or(() -> host.list().stream()
                        .filter(c -> name.equals(c.attributes().get("tool.name")))
                        .findFirst())
                .orElseThrow(() -> UserException.saying(ClusterReason.NO_SUCH_CLUSTER, "cluster.not-found", name));
    }

    /** The context that leads to a cluster, or the one that its provider would write. */
    public String contextOf(Hosted cluster) {
        String server = host.access(cluster.name()).server();
        Kubeconfig config = Kubeconfig.load(kubeconfig);
        return config.contexts().stream()
                .filter(c -> server.equals(server(
                        config,
                        String.valueOf(
                                config.find("contexts", c).orElse(Map.of()).get("cluster")))))
                .findFirst()
                .orElseGet(() -> Profile.named(cluster.profile()).contextName(cluster.name()));
    }

    /** The real cluster of that context, or that kuar made under that name. */
    public Optional<Real> real(String name) {
        List<Real> reals = reals();
        return reals.stream().filter(r -> r.context().equals(name)).findFirst().or(() -> made(name)
                .flatMap(entry -> reals.stream()
                        .filter(r -> r.context().equals(entry.context()))
                        .findFirst()));
    }

    /** What is remembered of a real cluster that kuar made, by its own name or its context's. */
    public Optional<TrustBook.Entry> made(String name) {
        return new TrustBook(home.configuration())
                .created().stream()
                        .filter(e -> e.cluster().equals(name) || e.context().equals(name))
                        .findFirst();
    }

    /** Forgets a real cluster that its tool has deleted. */
    public void forget(TrustBook.Entry entry) {
        new TrustBook(home.configuration()).deleted(entry.tool(), entry.cluster());
    }

    /** Asks a foreign cluster who it is. */
    public Guard.Foreign inspect(String context) {
        var unused = guard.ready();
        return guard.inspect(context);
    }

    /** How a foreign context logs in; empty where it is none. */
    public Optional<Guard.Login> login(String context) {
        return guard.login(context);
    }

    /** What is wrong with the learner's own kubeconfigs, and was not said yet. */
    public List<String> problems() {
        return guard.ready();
    }

    /** Opens a foreign context for writes. */
    public void adopt(Guard.Foreign foreign) {
        guard.adopt(foreign);
    }

    /** Closes an adopted context; whether it was one. */
    public boolean unadopt(String context) {
        var unused = guard.ready();
        return guard.unadopt(context);
    }

    /** A kubeconfig with one context alone, as YAML with its secrets. */
    public String kubeconfig(String name) {
        Optional<Real> real = real(name);
        String context = real.isPresent() ? real.get().context() : use(name);
        Kubeconfig all = Kubeconfig.load(kubeconfig);
        Map<String, Object> body = all.find("contexts", context).orElse(Map.of());
        Kubeconfig one = Kubeconfig.load(kubeconfig.resolveSibling(".none"));
        String cluster = String.valueOf(body.get("cluster"));
        String user = String.valueOf(body.get("user"));
        one.putContext(
                context,
                cluster,
                user,
                all.find("clusters", cluster).orElse(Map.of()),
                all.find("users", user).orElse(Map.of()));
        return one.text();
    }

    /** Where the cluster's API server listens. */
    public String server(Hosted cluster) {
        return host.access(cluster.name()).server();
    }

    private static String server(Kubeconfig config, String entry) {
        return config.find("clusters", entry)
                .map(body -> String.valueOf(body.getOrDefault("server", "")))
                .orElse("");
    }

    private static Map<String, Object> clusterBody(Access access) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("certificate-authority-data", base64(access.caPem()));
        body.put("server", access.server());
        return body;
    }

    private static Map<String, Object> userBody(Access access) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("client-certificate-data", base64(access.certificatePem()));
        body.put("client-key-data", base64(access.keyPem()));
        return body;
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
