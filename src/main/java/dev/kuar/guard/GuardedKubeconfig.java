package dev.kuar.guard;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.process.KuarHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * kuar's kubeconfig as the guard keeps it: foreign contexts lead to the guard's port, and what someone wrote into the file that kuar
 * may not write to is moved out of it.
 *
 * <p>Contexts of practice and of clusters that kuar made are left as they are, and the learner's choice of context and namespace too.
 */
final class GuardedKubeconfig {
    /** Stands at the user of a context whose requests run a credential plugin: completion leaves such alone. */
    private static final String PLUGIN_MARK = "kuar/credential-plugin";

    private final KuarHome home;
    private final Recognition recognition;

    GuardedKubeconfig(KuarHome home, Recognition recognition) {
        this.home = home;
        this.recognition = recognition;
    }

    /** The file as it is; empty where there is none. */
    KubeConfig read() {
        Path file = home.kubeconfig();
        if (!Files.exists(file)) {
            return new KubeConfig(Tree.NONE, new LinkedHashMap<>(), List.of(file));
        }
        return KubeConfig.load(
                null, Map.of("KUBECONFIG", file.toString()), Objects.requireNonNull(file.getParent(), "absolute"));
    }

    /** Contexts that lead straight to a cluster which kuar may only read. */
    List<String> strays(KubeConfig config) {
        List<String> strays = new ArrayList<>();
        for (Tree context : config.merged().items("contexts")) {
            Tree cluster = config.entry("clusters", context.text("context", "cluster"));
            String server = cluster.text("server");
            if (!server.isEmpty()
                    && !Recognition.isGuarded(server)
                    && recognition.of(server, ForeignContexts.authority(cluster)) == Standing.READ_ONLY) {
                strays.add(context.text("name"));
            }
        }
        return strays;
    }

    /** Contexts that are neither guarded nor strays: kuar's own. */
    Set<String> own(KubeConfig config, List<String> strays) {
        return config.merged().items("contexts").stream()
                .filter(context -> !isGuarded(config, context))
                .map(context -> context.text("name"))
                .filter(name -> !strays.contains(name))
                .collect(Collectors.toSet());
    }

    private static boolean isGuarded(KubeConfig config, Tree context) {
        return Recognition.isGuarded(
                config.entry("clusters", context.text("context", "cluster")).text("server"));
    }

    /** Puts strays into the file of foreign contexts, and takes out of it what the learner has deleted since. */
    void moveOut(KubeConfig config, List<String> strays) {
        Path file = ForeignContexts.strays(home);
        if (strays.isEmpty() && !Files.exists(file)) {
            return;
        }
        Kubeconfig foreign = Kubeconfig.load(file);
        boolean changed = false;
        for (String name : foreign.contexts()) {
            if (!config.hasEntry("contexts", name) && !config.hasEntry("contexts", renamed(name))) {
                changed |= foreign.remove("contexts", name);
                changed |= foreign.remove("clusters", name);
                changed |= foreign.remove("users", name);
            }
        }
        for (String name : strays) {
            Tree context = config.entry("contexts", name);
            foreign.put("clusters", name, body(config, "clusters", context.text("cluster")));
            foreign.put("users", name, body(config, "users", context.text("user")));
            Map<String, Object> body = new LinkedHashMap<>(context.map());
            body.put("cluster", name);
            body.put("user", name);
            foreign.put("contexts", name, body);
            changed = true;
        }
        if (changed) {
            foreign.save();
        }
    }

    private static Map<String, Object> body(KubeConfig config, String section, String name) {
        return new LinkedHashMap<>(config.entry(section, name).map());
    }

    /** The name of a foreign context whose own name belongs to a context of kuar's. */
    static String renamed(String name) {
        return name + "@kubeconfig";
    }

    /** Brings the file in line with the doors; writes only where something differs, and nothing that a peer keeps. */
    void write(
            KubeConfig config, List<Door> all, int port, String authorityPem, ForeignContexts contexts, Peers peers) {
        List<Door> doors =
                all.stream().filter(door -> !isKept(config, door, peers)).toList();
        Set<String> names = all.stream().map(Door::shown).collect(Collectors.toSet());
        List<String> stale = config.merged().items("clusters").stream()
                .filter(cluster -> Recognition.isGuarded(cluster.text("cluster", "server")))
                .filter(cluster -> !peers.keeps(cluster.text("cluster", "server")))
                .map(cluster -> cluster.text("name"))
                .filter(name -> !names.contains(name))
                .toList();
        if (stale.isEmpty() && doors.stream().allMatch(door -> isThere(config, door, port, authorityPem))) {
            return;
        }
        Kubeconfig file = Kubeconfig.load(home.kubeconfig());
        for (String name : stale) {
            file.remove("clusters", name);
            file.remove("users", name);
            for (String context : file.contexts()) {
                if (name.equals(file.find("contexts", context).orElse(Map.of()).get("cluster"))) {
                    file.remove("contexts", context);
                }
            }
        }
        for (Door door : doors) {
            put(file, config, door, port, authorityPem, contexts);
        }
        file.save();
    }

    /** Whether a peer's entry leads to the same cluster in the same way. */
    private static boolean isKept(KubeConfig config, Door door, Peers peers) {
        String server = config.entry("clusters", door.shown()).text("server");
        return server.endsWith(door.path()) && peers.keeps(server) && config.hasEntry("contexts", door.shown());
    }

    private static boolean isThere(KubeConfig config, Door door, int port, String authorityPem) {
        Tree cluster = config.entry("clusters", door.shown());
        return cluster.text("server").equals(url(door, port))
                && cluster.text("certificate-authority-data").equals(base64(authorityPem))
                && config.entry("users", door.shown()).text("token").equals(door.token())
                && config.hasEntry("contexts", door.shown())
                && config.entry("contexts", door.shown()).text("cluster").equals(door.shown());
    }

    private static void put(
            Kubeconfig file, KubeConfig config, Door door, int port, String authorityPem, ForeignContexts contexts) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("certificate-authority-data", base64(authorityPem));
        cluster.put("server", url(door, port));
        file.put("clusters", door.shown(), cluster);
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("token", door.token());
        if (door.plugin()) {
            Map<String, Object> mark = new LinkedHashMap<>();
            mark.put("extension", Map.of("provider", "kuar"));
            mark.put("name", PLUGIN_MARK);
            user.put("extensions", List.of(mark));
        }
        file.put("users", door.shown(), user);
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("cluster", door.shown());
        Tree before = config.hasEntry("contexts", door.shown())
                ? config.entry("contexts", door.shown())
                : contexts.config().entry("contexts", door.context());
        if (!before.text("namespace").isEmpty()) {
            context.put("namespace", before.text("namespace"));
        }
        context.put("user", door.shown());
        file.put("contexts", door.shown(), context);
    }

    private static String url(Door door, int port) {
        return "https://127.0.0.1:" + port + door.path();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a context leads to that server, so that the guard stands before it where it has to. */
    boolean leadsTo(String named) {
        String wanted = named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
        return read().merged().items("clusters").stream()
                .anyMatch(cluster -> cluster.text("cluster", "server").equals(wanted));
    }
}
