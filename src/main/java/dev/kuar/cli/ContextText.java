package dev.kuar.cli;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.tool.ClusterHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the access to a practice cluster into a kubeconfig, as its current context. */
final class ContextText {
    private ContextText() {}

    static void write(Path file, String name, ClusterHost.Access access) {
        Kubeconfig config = Kubeconfig.load(file);
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("certificate-authority-data", base64(access.caPem()));
        cluster.put("server", access.server());
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("client-certificate-data", base64(access.certificatePem()));
        user.put("client-key-data", base64(access.keyPem()));
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("cluster", name);
        context.put("user", name);
        config.put("clusters", name, cluster);
        config.put("users", name, user);
        config.put("contexts", name, context);
        config.useContext(name);
        config.save();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
