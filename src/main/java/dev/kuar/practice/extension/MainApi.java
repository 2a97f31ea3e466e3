package dev.kuar.practice.extension;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cluster's API server, asked with the service account of the pod. */
final class MainApi {
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private final ExtensionHost host;

    MainApi(ExtensionHost host) {
        this.host = host;
    }

    /** @throws ApiException with the Status that refuses it, or 500 where there is none */
    KubeObject get(String target) {
        return ask("GET", target, new byte[0]);
    }

    /** What is answered to an object that is only asked about; see {@link #get}. */
    KubeObject post(String target, Map<String, Object> tree) {
        return ask("POST", target, JsonWriter.text(tree).getBytes(StandardCharsets.UTF_8));
    }

    private KubeObject ask(String method, String target, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        host.file(TOKEN).ifPresent(token -> headers.put("Authorization", "Bearer " + token.strip()));
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "sample-apiserver/v0.0.0 (linux/amd64) kubernetes/$Format");
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        HttpResponse answer = host.api(new HttpRequest(method, target, headers, body, ""));
        KubeObject tree;
        try {
            tree = KubeObject.of(JsonReader.readMap(answer.body()));
        } catch (RuntimeException noJson) {
            throw new ApiException(
                    Status.failure(500, "InternalError", answer.bodyText().strip()));
        }
        if (answer.status() >= 300) {
            throw new ApiException(new Status(
                    (int) tree.number(answer.status(), "code"),
                    tree.text("reason"),
                    tree.text("message"),
                    tree.map("details")));
        }
        return tree;
    }
}
