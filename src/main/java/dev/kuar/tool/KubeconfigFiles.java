package dev.kuar.tool;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.process.Invocation;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where tools write their contexts: the file that a flag names, else the first of {@code KUBECONFIG}, else {@code ~/.kube/config}. */
final class KubeconfigFiles {
    private KubeconfigFiles() {}

    /** The files of {@code KUBECONFIG}, in order; at least one. */
    static List<Path> all(Invocation run) {
        String variable = run.environment().getOrDefault("KUBECONFIG", "");
        List<Path> files = Arrays.stream(variable.split(java.util.regex.Pattern.quote(File.pathSeparator)))
                .filter(name -> !name.isBlank())
                .map(name -> run.directory().resolve(name))
                .toList();
        return files.isEmpty() ? List.of(home(run).resolve(".kube").resolve("config")) : files;
    }

    /** The one that is written. */
    static Kubeconfig written(Invocation run, String flag) {
        return Kubeconfig.load(
                flag.isEmpty() ? all(run).get(0) : run.directory().resolve(flag));
    }

    /** Adds a context that shows a client certificate, and makes it the current one. */
    static void add(Kubeconfig config, String context, String cluster, String user, ClusterHost.Access access) {
        config.putContext(context, cluster, user, clusterBody(access), certificateUser(access));
        config.save();
    }

    /** Adds a context that shows a client certificate, and leaves the current one as it is. */
    static void addBeside(Kubeconfig config, String context, String cluster, String user, ClusterHost.Access access) {
        String current = config.currentContext();
        config.putContext(context, cluster, user, clusterBody(access), certificateUser(access));
        config.useContext(current);
        config.save();
    }

    static Map<String, Object> clusterBody(ClusterHost.Access access) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("certificate-authority-data", base64(access.caPem()));
        body.put("server", access.server());
        return body;
    }

    static Map<String, Object> certificateUser(ClusterHost.Access access) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("client-certificate-data", base64(access.certificatePem()));
        body.put("client-key-data", base64(access.keyPem()));
        return body;
    }

    /** Takes context, cluster and user of these names out of every file that has them. */
    static void remove(Invocation run, String flag, String context, String cluster, String user) {
        List<Path> files = flag.isEmpty() ? all(run) : List.of(run.directory().resolve(flag));
        for (Path file : files) {
            Kubeconfig config = Kubeconfig.load(file);
            boolean changed = config.remove("contexts", context);
            changed |= config.remove("clusters", cluster);
            changed |= config.remove("users", user);
            if (changed) {
                config.save();
            }
        }
    }

    private static Path home(Invocation run) {
        return Path.of(run.environment().getOrDefault("HOME", run.directory().toString()));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
