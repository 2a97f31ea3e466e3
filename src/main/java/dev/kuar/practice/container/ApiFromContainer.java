package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;

/**
 * The API server as a process in a container finds it: at the address of the Service {@code kubernetes}, which the kubelet
 * writes into the environment, over the container's own network.
 */
final class ApiFromContainer implements HttpHandler {
    private final Task task;

    ApiFromContainer(Task task) {
        this.task = task;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String host = task.env().getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        String port = task.env().getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        WebClient client = new WebClient(task);
        WebClient.Target target = client.target("https://" + host + ":" + port + request.target());
        try {
            return client.send(target, request.method(), request.headers(), request.body());
        } catch (Unreachable gone) {
            return HttpResponse.text(
                    502,
                    "text/plain",
                    "dial tcp " + host + ":" + port + ": " + gone.words().toLowerCase(java.util.Locale.ROOT) + "\n");
        }
    }
}
