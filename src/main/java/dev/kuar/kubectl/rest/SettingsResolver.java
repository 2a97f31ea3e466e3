package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes client settings of a kubeconfig and the flags that every command knows. */
public final class SettingsResolver {
    private final KubeConfig config;
    private final Function<String, @Nullable String> flag;
    private final Path directory;

    /** {@code flag} gives the value of a long flag, null where it was not given. */
    public SettingsResolver(KubeConfig config, Function<String, @Nullable String> flag, Path directory) {
        this.config = config;
        this.flag = flag;
        this.directory = directory;
    }

    private String flagOr(String name, String otherwise) {
        String value = flag.apply(name);
        return value == null ? otherwise : value;
    }

    public String contextName() {
        return flagOr("context", config.currentContext());
    }

    /** @throws Failure with client-go's words when an entry that is named is not there */
    public ClientSettings resolve(List<String> groups, Map<String, String> environment) {
        String contextName = contextName();
        Tree context = config.entry("contexts", contextName);
        if (flag.apply("context") != null && !contextName.isEmpty() && !config.hasEntry("contexts", contextName)) {
            throw Failure.plain("Error in configuration: context was not found for specified context: " + contextName);
        }
        if (!contextName.isEmpty() && !config.hasEntry("contexts", contextName) && flag.apply("server") == null) {
            throw Failure.plain("Error in configuration: context was not found for specified context: " + contextName);
        }
        String clusterName = flagOr("cluster", context.text("cluster"));
        String userName = flagOr("user", context.text("user"));
        if (flag.apply("cluster") != null && !config.hasEntry("clusters", clusterName)) {
            throw Failure.error("no server found for cluster \"" + clusterName + "\"");
        }
        if (flag.apply("user") != null && !config.hasEntry("users", userName)) {
            throw Failure.error("auth info \"" + userName + "\" does not exist");
        }
        Tree cluster = config.entry("clusters", clusterName);
        Tree user = config.entry("users", userName);
        Path clusterFolder = config.directoryOf("clusters", clusterName);
        Path userFolder = config.directoryOf("users", userName);
        String server = flagOr("server", cluster.textOr(ClientSettings.NOWHERE, "server"));
        String token = flagOr("token", user.text("token"));
        if (token.isEmpty() && user.has("tokenFile")) {
            token = file(userFolder, user.text("tokenFile"), "").strip();
        }
        boolean ownToken = flag.apply("token") != null;
        String insecure = flagOr("insecure-skip-tls-verify", "");
        return new ClientSettings(
                contextName,
                server.contains("://") ? server : "http://" + server,
                flagOr("tls-server-name", cluster.text("tls-server-name")),
                insecure.isEmpty() ? cluster.flag("insecure-skip-tls-verify") : "true".equals(insecure),
                pem(cluster, "certificate-authority", clusterFolder),
                ownToken ? "" : pem(user, "client-certificate", userFolder),
                ownToken ? "" : pem(user, "client-key", userFolder),
                token,
                flagOr("username", user.text("username")),
                flagOr("password", user.text("password")),
                ownToken ? Tree.NONE : user.at("exec"),
                cluster.textOr(proxyOf(server, environment), "proxy-url"),
                flagOr("namespace", context.textOr("default", "namespace")),
                flag.apply("namespace") != null && !"".equals(flag.apply("namespace")),
                impersonation(user, groups));
    }

    private ClientSettings.Impersonation impersonation(Tree user, List<String> groups) {
        String name = flag.apply("as");
        if (name == null && user.has("as")) {
            name = user.text("as");
        }
        return new ClientSettings.Impersonation(
                name, groups.isEmpty() ? user.texts("as-groups") : groups, flagOr("as-uid", user.text("as-uid")));
    }

    private static String proxyOf(String server, Map<String, String> environment) {
        String host = server.replaceFirst("^https?://", "").replaceFirst("[:/].*$", "");
        if (host.startsWith("127.") || "localhost".equals(host) || host.startsWith("[")) {
            return "";
        }
        String none = environment.getOrDefault("NO_PROXY", environment.getOrDefault("no_proxy", ""));
        for (String suffix : none.split(",")) {
            if (!suffix.isBlank() && (host.equals(suffix.strip()) || host.endsWith("." + suffix.strip()))) {
                return "";
            }
        }
        return environment.getOrDefault("HTTPS_PROXY", environment.getOrDefault("https_proxy", ""));
    }

    private String pem(Tree entry, String name, Path folder) {
        String flagged = flag.apply(name);
        if (flagged != null) {
            return file(directory, flagged, name);
        }
        String data = entry.text(name + "-data");
        if (!data.isEmpty()) {
            try {
                return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                throw Failure.error("unable to read " + name + "-data: illegal base64 data", malformed);
            }
        }
        String file = entry.text(name);
        return file.isEmpty() ? "" : file(folder, file, name);
    }

    private String file(Path folder, String name, String what) {
        Path path = folder.resolve(name);
        try {
            return Files.readString(path);
        } catch (IOException absent) {
            throw Failure.error(
                    "unable to read " + what + " " + path + " for " + contextName() + " due to open " + path
                            + ": no such file or directory",
                    absent);
        }
    }
}
