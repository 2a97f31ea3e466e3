package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig merged from its files: of entries with the same name the first file's wins.
 *
 * @param merged the merged tree; each entry of clusters, contexts and users once
 * @param origins for {@code section/name} and {@code current-context} the file that it came from
 * @param files the files in order, whether they exist or not
 */
public record KubeConfig(Tree merged, Map<String, Path> origins, List<Path> files) {
    private static final List<String> SECTIONS = List.of("clusters", "contexts", "users");

    /** The files that count: the flag's alone, else {@code KUBECONFIG}'s list, else {@code ~/.kube/config}. */
    public static List<Path> filesOf(@Nullable String flag, Map<String, String> environment, Path directory) {
        if (flag != null && !flag.isEmpty()) {
            return List.of(directory.resolve(flag));
        }
        String list = environment.getOrDefault("KUBECONFIG", "");
        List<Path> files = new ArrayList<>();
        for (String file : list.split(java.io.File.pathSeparator)) {
            if (!file.isEmpty() && !files.contains(directory.resolve(file))) {
                files.add(directory.resolve(file));
            }
        }
        if (files.isEmpty()) {
            files.add(directory.resolve(environment.getOrDefault("HOME", ".")).resolve(".kube/config"));
        }
        return files;
    }

    /**
     * Reads and merges. Missing files are skipped, except the one that a flag names.
     *
     * @throws Failure when a file can't be read or parsed
     */
    public static KubeConfig load(@Nullable String flag, Map<String, String> environment, Path directory) {
        List<Path> files = filesOf(flag, environment, directory);
        Map<String, Object> merged = new LinkedHashMap<>();
        Map<String, Path> origins = new LinkedHashMap<>();
        SECTIONS.forEach(section -> merged.put(section, new ArrayList<>()));
        for (Path file : files) {
            if (!Files.exists(file)) {
                if (flag != null && !flag.isEmpty()) {
                    throw Failure.error("stat " + flag + ": no such file or directory");
                }
                continue;
            }
            merge(read(file), file, merged, origins);
        }
        return new KubeConfig(new Tree(merged), origins, files);
    }

    /** One file as a tree; an empty one is an empty config. */
    public static Tree read(Path file) {
        try {
            Object tree = Yaml.parse(Files.readString(file));
            if (tree != null && !(tree instanceof Map)) {
                throw new ParseException("couldn't get version/kind; json parse error: json: cannot unmarshal "
                        + "string into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
                        + "Kind string \"json:\\\"kind,omitempty\\\"\" }");
            }
            return new Tree(tree == null ? new LinkedHashMap<>() : tree);
        } catch (ParseException malformed) {
            throw Failure.error("error loading config file \"" + file + "\": " + malformed.text(), malformed);
        } catch (IOException unreadable) {
            String why = Files.isReadable(file) ? "input/output error" : "permission denied";
            throw Failure.error("error loading config file \"" + file + "\": open " + file + ": " + why, unreadable);
        }
    }

    private static void merge(Tree tree, Path file, Map<String, Object> merged, Map<String, Path> origins) {
        for (String section : SECTIONS) {
            for (Tree entry : tree.items(section)) {
                String key = section + "/" + entry.text("name");
                if (origins.putIfAbsent(key, file) == null) {
                    Tree.add(new Tree(merged).listAt(section), Tree.copyOf(entry.value()));
                }
            }
        }
        String current = tree.text("current-context");
        if (!current.isEmpty() && !merged.containsKey("current-context")) {
            merged.put("current-context", current);
            origins.put("current-context", file);
        }
    }

    public String currentContext() {
        return merged.text("current-context");
    }

    /** The entry's body ({@code cluster}, {@code context} or {@code user}); {@link Tree#NONE} where there is none. */
    public Tree entry(String section, String name) {
        for (Tree entry : merged.items(section)) {
            if (entry.text("name").equals(name)) {
                return entry.at(section.substring(0, section.length() - 1));
            }
        }
        return Tree.NONE;
    }

    public boolean hasEntry(String section, String name) {
        return origins.containsKey(section + "/" + name);
    }

    /** Where relative paths of an entry begin. */
    public Path directoryOf(String section, String name) {
        Path parent = origins.getOrDefault(section + "/" + name, Path.of("/"))
                .toAbsolutePath()
                .getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** A short text that changes when the config does, for caches. */
    public String fingerprint() {
        return Integer.toHexString(Json.sorted(merged.value()).hashCode());
    }
}
