package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs {@code cluster-info} in kube-public with every bootstrap token that may sign, so that joining nodes can trust it. */
final class BootstrapSigner implements Reconciler {
    private static final String PREFIX = "jws-kubeconfig-";
    private static final Key CLUSTER_INFO = new Key("kube-public", "cluster-info");

    private final ApiClient client;
    private final Informer secrets;
    private final Informer configMaps;

    private BootstrapSigner(ControllerContext context) {
        this.client = context.clientFor("bootstrap-signer");
        this.secrets = context.informer(Kinds.SECRETS);
        this.configMaps = context.informer(Kinds.CONFIG_MAPS);
    }

    static void start(ControllerContext context) {
        Loop loop = context.loop("bootstrap-signer", new BootstrapSigner(context));
        context.watch(
                Kinds.CONFIG_MAPS,
                map -> Key.of(map).equals(CLUSTER_INFO) ? Optional.of(CLUSTER_INFO) : Optional.empty(),
                loop);
        context.watch(
                Kinds.SECRETS,
                secret -> secret.text("type").equals("bootstrap.kubernetes.io/token")
                        ? Optional.of(CLUSTER_INFO)
                        : Optional.empty(),
                loop);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject info = configMaps.find(key.namespace(), key.name()).orElse(null);
        if (info == null || info.text("data", "kubeconfig").isEmpty()) {
            return Next.ON_CHANGE;
        }
        TreeMap<String, Object> data = new TreeMap<>(info.map("data"));
        data.keySet().removeIf(name -> name.startsWith(PREFIX));
        for (KubeObject secret : secrets.inNamespace("kube-system")) {
            boolean signs = secret.text("type").equals("bootstrap.kubernetes.io/token")
                    && value(secret, "usage-bootstrap-signing").equals("true");
            if (signs) {
                String id = value(secret, "token-id");
                data.put(PREFIX + id, sign(info.text("data", "kubeconfig"), id, value(secret, "token-secret")));
            }
        }
        if (!data.equals(info.map("data"))) {
            KubeObject changed = info.copy();
            changed.set(new java.util.LinkedHashMap<>(data), "data");
            client.update(Kinds.CONFIG_MAPS, changed);
        }
        return Next.ON_CHANGE;
    }

    private static String value(KubeObject secret, String name) {
        return new String(Base64.getDecoder().decode(secret.text("data", name)), StandardCharsets.UTF_8);
    }

    /** A detached JWS, HS256 with the token as the key. */
    private static String sign(String content, String id, String secret) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header =
                base64.encodeToString(("{\"alg\":\"HS256\",\"kid\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        String payload = base64.encodeToString(content.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((id + "." + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal((header + "." + payload).getBytes(StandardCharsets.UTF_8));
            return header + ".." + base64.encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 belongs to every Java", e);
        }
    }
}
