package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.NodeConnector.HttpCall;
import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kubelet's port 10250 as pods reach it: asks the API server whether the bearer of the token may. */
final class KubeletPort implements HttpHandler {
    private final NodeAgent agent;
    private final KubeletEndpoints endpoints;
    private final @Nullable HttpHandler api;

    KubeletPort(NodeAgent agent, KubeletEndpoints endpoints, @Nullable HttpHandler api) {
        this.agent = agent;
        this.endpoints = endpoints;
        this.api = api;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String path = request.path();
        String subresource = path.startsWith("/metrics") ? "metrics" : path.startsWith("/stats") ? "stats" : "proxy";
        if (!path.startsWith("/healthz")) {
            int refused = refused(request, subresource);
            if (refused != 0) {
                return HttpResponse.text(
                        refused,
                        "text/plain; charset=utf-8",
                        refused == 401
                                ? "Unauthorized"
                                : "Forbidden (verb=get, resource=nodes, subresource(s)=[" + subresource + "])");
            }
        }
        HttpReply reply = endpoints.answer(
                agent, new HttpCall(true, "", agent.name(), 10250, "GET", request.target(), Map.of(), new byte[0]));
        Map<String, String> headers = new LinkedHashMap<>();
        reply.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new HttpResponse(reply.status(), headers, reply.body());
    }

    /** 0 where the bearer may, 401 where nobody is known, 403 else. */
    private int refused(HttpRequest request, String subresource) {
        String bearer = request.header("Authorization");
        if (api == null || bearer.isEmpty()) {
            return 401;
        }
        String review = "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{"
                + "\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"nodes\",\"subresource\":\"" + subresource
                + "\",\"name\":\"" + agent.name() + "\"}}}";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", bearer);
        headers.put("Content-Type", "application/json");
        HttpResponse answer = api.handle(new HttpRequest(
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                headers,
                review.getBytes(StandardCharsets.UTF_8),
                ""));
        if (answer.status() == 401) {
            return 401;
        }
        return answer.status() < 300
                        && KubeObject.of(JsonReader.readMap(answer.body())).flag("status", "allowed")
                ? 0
                : 403;
    }
}
