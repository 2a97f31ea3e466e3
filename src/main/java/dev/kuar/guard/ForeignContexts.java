package dev.kuar.guard;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ClientSettings;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.kubectl.rest.SettingsResolver;
import dev.kuar.process.KuarHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The learner's own kubeconfigs: those of {@code KUBECONFIG}, else {@code ~/.kube/config}, and before them the file of contexts
 * that were taken out of kuar's own. Only read here; read again when a file changed.
 */
final class ForeignContexts {
    private final Map<String, String> environment;
    private final Path directory;
    private final KuarHome home;
    private final List<Path> files;
    private @Nullable KubeConfig config;
    private String seen = "";
    private List<Problem> problems = List.of();

    /** {@code environment} is the one that kuar was started with. */
    ForeignContexts(Map<String, String> environment, Path directory, KuarHome home) {
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.home = home;
        this.files = new ArrayList<>(List.of(strays(home)));
        KubeConfig.filesOf(null, environment, directory).stream()
                .map(file -> file.toAbsolutePath().normalize())
                .filter(file -> !file.equals(home.kubeconfig()))
                .forEach(files::add);
    }

    /**
     * A file of the learner's that cannot be used.
     *
     * @param key of the message
     */
    record Problem(String key, Path file, String why) {}

    /** Where contexts go that a tool or the learner wrote into kuar's kubeconfig and that kuar may not write to. */
    static Path strays(KuarHome home) {
        return home.root().resolve("foreign-kubeconfig");
    }

    /** The learner's files, without the one for strays. */
    List<Path> own() {
        return files.subList(1, files.size());
    }

    /** What is wrong with the files, as of the last look. */
    synchronized List<Problem> problems() {
        return problems;
    }

    /** A text that changes when a file does. */
    String stamp() {
        return files.stream().map(ForeignContexts::stamp).collect(Collectors.joining(" "));
    }

    static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis() + ":" + Files.size(file);
        } catch (IOException absent) {
            return "-";
        }
    }

    /** All files as one; those that cannot be used are left out. */
    synchronized KubeConfig config() {
        String now = stamp();
        KubeConfig known = config;
        if (known == null || !now.equals(seen)) {
            known = read();
            config = known;
            seen = now;
        }
        return known;
    }

    private KubeConfig read() {
        List<Problem> found = new ArrayList<>();
        List<String> usable = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                try {
                    var unused = KubeConfig.read(file);
                    usable.add(file.toString());
                } catch (Failure unreadable) {
                    found.add(new Problem("guard.kubeconfig-unusable", file, unreadable.bare()));
                }
            } else if (!file.equals(files.get(0))
                    && !environment.getOrDefault("KUBECONFIG", "").isEmpty()) {
                found.add(new Problem("guard.kubeconfig-missing", file, ""));
            }
        }
        problems = List.copyOf(found);
        if (usable.isEmpty()) {
            return new KubeConfig(Tree.NONE, new LinkedHashMap<>(), files);
        }
        Map<String, String> only = Map.of("KUBECONFIG", String.join(File.pathSeparator, usable));
        return KubeConfig.load(null, only, directory);
    }

    /** How to reach the cluster of a context, read anew; empty where there is no such context any more. */
    Optional<ClientSettings> settings(String context) {
        KubeConfig now = config();
        if (!now.hasEntry("contexts", context)) {
            return Optional.empty();
        }
        SettingsResolver resolver =
                new SettingsResolver(now, flag -> flag.equals("context") ? context : null, directory);
        return Optional.of(resolver.resolve(List.of(), environment));
    }

    /** The entry of the cluster that a context names. */
    Tree cluster(String context) {
        KubeConfig now = config();
        return now.entry("clusters", now.entry("contexts", context).text("cluster"));
    }

    /** The text of an entry's authority: its data, else the name of its file. */
    static String authority(Tree cluster) {
        return cluster.textOr(cluster.text("certificate-authority"), "certificate-authority-data");
    }

    /** The variables of a credential plugin: the learner's own, without what practice put in front of PATH. */
    Map<String, String> pluginEnvironment() {
        Map<String, String> variables = new HashMap<>(environment);
        String path = variables.getOrDefault("PATH", "");
        String tools = home.root().resolve("tools").toString();
        variables.put(
                "PATH",
                java.util.Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.startsWith(tools))
                        .collect(Collectors.joining(File.pathSeparator)));
        return variables;
    }
}
