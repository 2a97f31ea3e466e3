package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens in a pod's projected volumes; asked for when one is first read, renewed after four fifths of its life. */
final class ServiceAccountTokens {
    private final ApiClient api;
    private final ClusterClock clock;
    private final Map<String, Issued> issued = new HashMap<>();

    ServiceAccountTokens(ApiClient api, ClusterClock clock) {
        this.api = api;
        this.clock = clock;
    }

    private record Issued(String token, Instant renewAt, int number) {}

    /** Changes when the token is to be renewed, not when it is first asked for. */
    synchronized String version(KubeObject pod, KubeObject source) {
        Issued current = issued.get(key(pod, source));
        return Integer.toString(current == null ? 1 : isOld(current) ? current.number() + 1 : current.number());
    }

    private boolean isOld(Issued token) {
        return clock.now().isAfter(token.renewAt());
    }

    private static String key(KubeObject pod, KubeObject source) {
        return pod.uid() + source.map("serviceAccountToken");
    }

    synchronized String token(KubeObject pod, KubeObject source) {
        String key = key(pod, source);
        @Nullable Issued current = issued.get(key);
        if (current == null || isOld(current)) {
            long seconds = source.number(3600, "serviceAccountToken", "expirationSeconds");
            String token = ask(pod, source.text("serviceAccountToken", "audience"), seconds);
            current = new Issued(
                    token, clock.now().plusSeconds(seconds * 4 / 5), current == null ? 1 : current.number() + 1);
            if (!token.isEmpty()) {
                issued.put(key, current);
            }
        }
        return current.token();
    }

    private String ask(KubeObject pod, String audience, long seconds) {
        String account = pod.text("spec", "serviceAccountName");
        KubeObject request = KubeObject.create("authentication.k8s.io/v1", "TokenRequest", pod.namespace(), account);
        List<Object> audiences = new ArrayList<>();
        if (!audience.isEmpty()) {
            audiences.add(audience);
        }
        request.set(audiences, "spec", "audiences");
        request.set(seconds, "spec", "expirationSeconds");
        Map<String, Object> bound = new LinkedHashMap<>();
        bound.put("apiVersion", "v1");
        bound.put("kind", "Pod");
        bound.put("name", pod.name());
        bound.put("uid", pod.uid());
        request.set(bound, "spec", "boundObjectRef");
        try {
            return api.createSubresource(Resources.ACCOUNTS, pod.namespace(), account, "token", request)
                    .text("status", "token");
        } catch (ApiException e) {
            return "";
        }
    }
}
