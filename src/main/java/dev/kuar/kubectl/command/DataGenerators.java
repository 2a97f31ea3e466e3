package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.patch.NameHash;
import dev.kuar.kubectl.rest.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Generators of ConfigMaps and Secrets from literals and files. */
final class DataGenerators {
    private final Run run;
    private final Map<String, byte[]> data = new TreeMap<>();

    private DataGenerators(Run run) {
        this.run = run;
    }

    static int configMap(Run run) {
        DataGenerators generator = new DataGenerators(run);
        generator.collect();
        Map<String, Object> texts = new TreeMap<>();
        Map<String, Object> binaries = new TreeMap<>();
        generator.data.forEach((key, bytes) -> {
            try {
                texts.put(
                        key,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
            } catch (CharacterCodingException binary) {
                binaries.put(key, Base64.getEncoder().encodeToString(bytes));
            }
        });
        return generator.create(Tree.mapOf(
                "apiVersion",
                "v1",
                "binaryData",
                binaries.isEmpty() ? null : binaries,
                "data",
                texts.isEmpty() ? null : texts,
                "kind",
                "ConfigMap",
                "metadata",
                Tree.mapOf("name", GeneratorCommands.name(run))));
    }

    static int secret(Run run) {
        DataGenerators generator = new DataGenerators(run);
        generator.collect();
        return generator.secretOf(run.text("type"));
    }

    static int tls(Run run) {
        DataGenerators generator = new DataGenerators(run);
        if (run.text("cert").isEmpty() || run.text("key").isEmpty()) {
            throw Failure.error("key and cert must be specified");
        }
        byte[] certificate = generator.read(run.text("cert"));
        byte[] key = generator.read(run.text("key"));
        if (!new String(certificate, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE")) {
            throw Failure.error("tls: failed to find any PEM data in certificate input");
        }
        if (!new String(key, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")) {
            throw Failure.error("tls: failed to find any PEM data in key input");
        }
        generator.data.put("tls.crt", certificate);
        generator.data.put("tls.key", key);
        return generator.secretOf("kubernetes.io/tls");
    }

    static int docker(Run run) {
        DataGenerators generator = new DataGenerators(run);
        String user = run.text("docker-username");
        String password = run.text("docker-password");
        if (user.isEmpty()) {
            throw Failure.error("either --from-file or the combination of --docker-username, --docker-password and "
                    + "--docker-server is required");
        }
        String auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        String email = run.text("docker-email");
        Map<String, Object> entry = Tree.mapOf(
                "username", user, "password", password, "email", email.isEmpty() ? null : email, "auth", auth);
        String config = Json.compact(Tree.mapOf("auths", Tree.mapOf(run.text("docker-server"), entry)));
        generator.data.put(".dockerconfigjson", config.getBytes(StandardCharsets.UTF_8));
        return generator.secretOf("kubernetes.io/dockerconfigjson");
    }

    private int secretOf(String type) {
        Map<String, Object> encoded = new TreeMap<>();
        data.forEach((key, bytes) -> encoded.put(key, Base64.getEncoder().encodeToString(bytes)));
        return create(Tree.mapOf(
                "apiVersion",
                "v1",
                "data",
                encoded.isEmpty() ? null : encoded,
                "kind",
                "Secret",
                "metadata",
                Tree.mapOf("name", GeneratorCommands.name(run)),
                "type",
                type.isEmpty() ? null : type));
    }

    private int create(Map<String, Object> object) {
        if (run.on("append-hash")) {
            Tree tree = new Tree(object);
            tree.set(tree.name() + "-" + NameHash.of(tree), "metadata", "name");
        }
        return CreateCommand.generated(run, object);
    }

    private void collect() {
        for (String literal : run.flags().list("from-literal")) {
            String[] pair = literal.split("=", 2);
            if (pair.length < 2 || pair[0].isEmpty()) {
                throw Failure.error("invalid literal source " + literal + ", expected key=value");
            }
            put(pair[0], pair[1].getBytes(StandardCharsets.UTF_8));
        }
        for (String file : run.flags().list("from-file")) {
            file(file);
        }
        for (String file : run.flags().list("from-env-file")) {
            new String(read(file), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::stripLeading)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] pair = line.split("=", 2);
                        String value = pair.length > 1
                                ? pair[1]
                                : run.invocation().environment().getOrDefault(pair[0], "");
                        put(pair[0], value.getBytes(StandardCharsets.UTF_8));
                    });
        }
    }

    private void file(String source) {
        String[] pair = source.split("=", 2);
        Path path = run.invocation().directory().resolve(pair[pair.length - 1]);
        if (pair.length == 1 && Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
                all.forEach(file -> put(String.valueOf(file.getFileName()), read(file.toString())));
            } catch (IOException unreadable) {
                throw Failure.error("error listing files in " + source + ": permission denied", unreadable);
            }
            return;
        }
        put(pair.length == 1 ? String.valueOf(path.getFileName()) : pair[0], read(pair[pair.length - 1]));
    }

    private byte[] read(String file) {
        try {
            return Files.readAllBytes(run.invocation().directory().resolve(file));
        } catch (IOException absent) {
            throw Failure.error("error reading " + file + ": no such file or directory", absent);
        }
    }

    private void put(String key, byte[] value) {
        if (!key.matches("[-._a-zA-Z0-9]+")) {
            throw Failure.error("\"" + key + "\" is not a valid key name for a " + kind() + ": a valid config key must "
                    + "consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or "
                    + "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        }
        if (data.putIfAbsent(key, value) != null) {
            throw Failure.error("cannot add key \"" + key + "\", another key by that name already exists in Data for "
                    + kind() + " \"" + GeneratorCommands.name(run) + "\"");
        }
    }

    private String kind() {
        return run.command().path().contains("secret") ? "Secret" : "ConfigMap";
    }
}
