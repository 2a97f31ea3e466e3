package dev.kuar.guard;

import dev.kuar.kube.YamlText;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.process.KuarHome;
import dev.kuar.process.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Copies of other kubeconfigs for programs of the system: with {@code KUBECONFIG} set to a file of the learner's in a line, a program
 * gets a copy whose foreign contexts lead to the guard. A file with nothing foreign in it is handed out as it is.
 *
 * <p>What a program writes goes into the copy, and with the next line it is gone: the learner's file is never written.
 */
final class GuardedCopies {
    private final KuarHome home;
    private final Map<String, String> environment;
    private final Recognition recognition;
    private final Clock clock;
    private final Map<String, ForeignContexts> sources = new HashMap<>();
    private final Map<String, Door> doors = new LinkedHashMap<>();

    GuardedCopies(KuarHome home, Map<String, String> environment, Recognition recognition, Clock clock) {
        this.home = home;
        this.environment = environment;
        this.recognition = recognition;
        this.clock = clock;
    }

    /** The doors of all copies. */
    List<Door> doors() {
        return List.copyOf(doors.values());
    }

    /**
     * Makes the copy of a {@code KUBECONFIG} list; empty where none is needed.
     *
     * @param token makes the tokens of new doors
     */
    Optional<Copy> of(String list, Path directory, Supplier<String> token) {
        ForeignContexts source = sources.computeIfAbsent(list, files -> {
            Map<String, String> variables = new HashMap<>(environment);
            variables.put("KUBECONFIG", files);
            return new ForeignContexts(variables, directory, home);
        });
        KubeConfig config = source.config();
        Map<String, Door> made = new LinkedHashMap<>();
        for (Tree context : config.merged().items("contexts")) {
            String name = context.text("name");
            Tree cluster = config.entry("clusters", context.text("context", "cluster"));
            String server = cluster.text("server");
            if (!server.isEmpty()
                    && !Recognition.isGuarded(server)
                    && recognition.of(server, ForeignContexts.authority(cluster)) == Standing.READ_ONLY) {
                boolean plugin =
                        config.entry("users", context.text("context", "user")).has("exec");
                made.put(
                        name,
                        doors.computeIfAbsent(
                                list + "\n" + name,
                                key -> new Door(
                                        name,
                                        name,
                                        token.get(),
                                        Route.of(Standing.READ_ONLY, name, server),
                                        Standing.READ_ONLY,
                                        "",
                                        plugin,
                                        new Upstream(name, source, clock))));
            }
        }
        return made.isEmpty() ? Optional.empty() : Optional.of(new Copy(list, config, made));
    }

    /** A copy that is still to be written. */
    final class Copy {
        private final String list;
        private final KubeConfig config;
        private final Map<String, Door> guarded;

        private Copy(String list, KubeConfig config, Map<String, Door> guarded) {
            this.list = list;
            this.config = config;
            this.guarded = guarded;
        }

        /** Writes it and returns its path. */
        Path write(int port, String authorityPem) throws IOException {
            String data = Base64.getEncoder().encodeToString(authorityPem.getBytes(StandardCharsets.UTF_8));
            List<Object> clusters = new ArrayList<>();
            List<Object> users = new ArrayList<>();
            List<Object> contexts = new ArrayList<>();
            for (Tree each : config.merged().items("contexts")) {
                String name = each.text("name");
                Map<String, Object> body =
                        new LinkedHashMap<>(each.at("context").map());
                Door door = guarded.get(name);
                clusters.add(named(
                        name,
                        "cluster",
                        door == null
                                ? config.entry("clusters", each.text("context", "cluster"))
                                        .map()
                                : Tree.mapOf(
                                        "certificate-authority-data",
                                        data,
                                        "server",
                                        "https://127.0.0.1:" + port + door.path())));
                users.add(named(
                        name,
                        "user",
                        door == null
                                ? config.entry("users", each.text("context", "user"))
                                        .map()
                                : Tree.mapOf("token", door.token())));
                body.put("cluster", name);
                body.put("user", name);
                contexts.add(named(name, "context", body));
            }
            Path file = home.root()
                    .resolve("guarded")
                    .resolve(UUID.nameUUIDFromBytes(list.getBytes(StandardCharsets.UTF_8)) + ".yaml");
            PrivateFile.write(
                    file,
                    YamlText.write(Tree.mapOf(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Config",
                            "clusters",
                            clusters,
                            "users",
                            users,
                            "contexts",
                            contexts,
                            "current-context",
                            config.currentContext())));
            return file;
        }

        private Map<String, Object> named(String name, String key, Map<String, Object> body) {
            return Tree.mapOf("name", name, key, body);
        }
    }
}
