package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.kubectl.kustomize.Kustomizer;
import dev.kuar.kubectl.rest.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads objects of {@code -f} and {@code -k}: files, folders, URLs, standard input, kustomizations. */
final class Manifests {
    private final Run run;

    Manifests(Run run) {
        this.run = run;
    }

    /**
     * An object and where it stood.
     *
     * @param object the tree, never a List
     * @param source a file's name as given, a URL, {@code STDIN}
     */
    record Entry(Tree object, String source) {}

    boolean isGiven() {
        return run.flags().changed("filename") || !run.text("kustomize").isEmpty();
    }

    List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        String kustomization = run.text("kustomize");
        if (!kustomization.isEmpty()) {
            for (Tree object :
                    new Kustomizer().build(run.invocation().directory().resolve(kustomization))) {
                add(object, kustomization, entries);
            }
        }
        for (String name : run.flags().list("filename")) {
            if ("-".equals(name)) {
                parse(new String(run.readInput(), StandardCharsets.UTF_8), "STDIN", entries);
            } else if (name.startsWith("http://") || name.startsWith("https://")) {
                parse(download(name), name, entries);
            } else {
                path(name, entries);
            }
        }
        return entries;
    }

    private void path(String name, List<Entry> entries) {
        Path path = run.invocation().directory().resolve(name);
        if (!Files.exists(path)) {
            throw Failure.error("the path \"" + name + "\" does not exist");
        }
        if (!Files.isDirectory(path)) {
            parse(text(path), name, entries);
            return;
        }
        try (Stream<Path> files = Files.walk(path, run.on("recursive") ? Integer.MAX_VALUE : 1)) {
            List<Path> found = files.filter(file -> file.toString().matches(".*\\.(json|yaml|yml)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw Failure.error("error reading [" + name + "]: recognized file extensions are [.json .yaml .yml]");
            }
            for (Path file : found) {
                String shown = name.replaceFirst("/+$", "") + "/" + path.relativize(file);
                parse(text(file), shown, entries);
            }
        } catch (IOException unreadable) {
            throw Failure.error("open " + name + ": permission denied", unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.nio.charset.MalformedInputException binary) {
            throw Failure.error(
                    "error parsing " + file + ": error converting YAML to JSON: yaml: " + "invalid leading UTF-8 octet",
                    binary);
        } catch (IOException unreadable) {
            throw Failure.error("open " + file + ": permission denied", unreadable);
        }
    }

    private String download(String url) {
        try {
            java.net.URLConnection connection = URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(30_000);
            connection.setReadTimeout(30_000);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (java.io.FileNotFoundException absent) {
            throw Failure.error(
                    "unable to read URL \"" + url + "\", server reported 404 Not Found, status code=404", absent);
        } catch (IOException failure) {
            throw Failure.error("unable to read URL \"" + url + "\": " + failure.getMessage(), failure);
        }
    }

    private static void parse(String text, String source, List<Entry> entries) {
        boolean json = text.stripLeading().startsWith("{");
        if (json) {
            try {
                add(new Tree(Json.parse(text)), source, entries);
                return;
            } catch (ParseException notJson) {
                // YAML whose first document is a flow mapping, or several documents: read below.
                json = false;
            }
        }
        for (String document : Yaml.documents(text)) {
            Object tree;
            try {
                tree = Yaml.parse(document);
            } catch (ParseException malformed) {
                String where = "STDIN".equals(source) ? "STDIN" : source;
                throw Failure.error(
                        "error parsing " + where + ": error converting YAML to JSON: " + malformed.text(), malformed);
            }
            if (tree == null) {
                continue;
            }
            add(new Tree(tree), source, entries);
        }
    }

    private static void add(Tree object, String source, List<Entry> entries) {
        if (!object.isMap()) {
            throw Failure.error("error validating \"" + source + "\": error validating data: invalid object to "
                    + "validate; if you choose to ignore these errors, turn validation off with --validate=false");
        }
        if (object.kind().endsWith("List") && object.at("items").isList()) {
            object.items("items").forEach(item -> add(item, source, entries));
        } else {
            entries.add(new Entry(object, source));
        }
    }
}
