package dev.kuar.tool;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The practice form of {@code gke-gcloud-auth-plugin}: a small script that any client-go program can run, which answers
 * with the client certificate of the cluster that it is asked for.
 */
final class GkePlugin {
    private static final String NAME = "gke-gcloud-auth-plugin";
    private static final String SCRIPT = """
        #!/bin/sh
        # Answers as a credential plugin for practice clusters of the shape of GKE.
        [ "$1" = --version ] && { echo "Kubernetes v1.36.2-practice"; exit 0; }
        here=${0%/*}
        port=${KUBERNETES_EXEC_INFO#*127.0.0.1:}
        port=${port%%[!0-9]*}
        [ -r "$here/../credentials/$port.json" ] || { echo "no practice cluster on port $port" >&2; exit 1; }
        while IFS= read -r line; do printf '%s\\n' "$line"; done < "$here/../credentials/$port.json"
        """;

    private final Path sdk;

    GkePlugin(Path directory) {
        sdk = directory.resolve("google-cloud-sdk");
    }

    /** The directory that belongs on PATH. */
    Path bin() {
        return sdk.resolve("bin");
    }

    boolean isInstalled() {
        return Files.isExecutable(bin().resolve(NAME));
    }

    void install() {
        write(bin().resolve(NAME), SCRIPT, "rwx------");
    }

    void uninstall() {
        try {
            Files.deleteIfExists(bin().resolve(NAME));
        } catch (IOException e) {
            throw new UserException(ToolReason.STATE_UNUSABLE, sdk + ": " + e.getMessage(), e);
        }
    }

    /** Leaves what the script answers for the cluster. */
    void allow(ClusterHost.Access access) {
        String json = "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\","
                + "\"spec\":{\"interactive\":false},\"status\":{\"clientCertificateData\":\""
                + access.certificatePem().replace("\n", "\\n") + "\",\"clientKeyData\":\""
                + access.keyPem().replace("\n", "\\n") + "\"}}\n";
        write(credentials(access), json, "rw-------");
    }

    void forbid(ClusterHost.Access access) {
        try {
            Files.deleteIfExists(credentials(access));
        } catch (IOException e) {
            throw new UserException(ToolReason.STATE_UNUSABLE, sdk + ": " + e.getMessage(), e);
        }
    }

    /** The user entry that gcloud writes. */
    static Map<String, Object> user() {
        Map<String, Object> exec = new LinkedHashMap<>();
        exec.put("apiVersion", "client.authentication.k8s.io/v1beta1");
        exec.put("command", NAME);
        exec.put(
                "installHint",
                "Install gke-gcloud-auth-plugin for use with kubectl by following "
                        + "https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin");
        exec.put("provideClusterInfo", true);
        return new LinkedHashMap<>(Map.of("exec", exec));
    }

    private Path credentials(ClusterHost.Access access) {
        String port = access.server().substring(access.server().lastIndexOf(':') + 1);
        return sdk.resolve("credentials").resolve(port + ".json");
    }

    private static void write(Path file, String text, String mode) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
            } catch (UnsupportedOperationException e) {
                Files.createFile(file);
            }
            Files.write(file, List.of(text.stripTrailing()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException(ToolReason.STATE_UNUSABLE, file + ": " + e.getMessage(), e);
        }
    }
}
