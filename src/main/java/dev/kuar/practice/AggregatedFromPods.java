package dev.kuar.practice;

import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.controller.AggregatedApis;
import dev.kuar.practice.http.Aggregation;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The aggregation layer for the controllers: their questions take the way that a client's take. */
final class AggregatedFromPods implements AggregatedApis {
    private static final UserInfo CONTROLLERS = UserInfo.of("system:kube-controller-manager", "system:masters");

    private final Aggregation aggregation;

    AggregatedFromPods(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    private HttpReply ask(KubeObject apiService, String path) throws IOException {
        String at = "/apis/" + apiService.text("spec", "group") + "/" + apiService.text("spec", "version") + path;
        return aggregation.send(
                apiService, CONTROLLERS, "GET", at, Map.of("Accept", List.of("application/json")), new byte[0]);
    }

    @Override
    public String probe(KubeObject apiService) {
        String at = "/apis/" + apiService.text("spec", "group") + "/" + apiService.text("spec", "version");
        String service = "https://" + apiService.text("spec", "service", "name") + "."
                + apiService.text("spec", "service", "namespace") + ".svc:"
                + apiService.number(443, "spec", "service", "port") + at;
        try {
            HttpReply reply = ask(apiService, "");
            return reply.status() >= 200 && reply.status() < 300
                    ? ""
                    : service + ": bad status from " + service + ": " + reply.status();
        } catch (IOException refused) {
            return service + ": Get \"" + service + "\": " + refused.getMessage();
        }
    }

    @Override
    public Optional<KubeObject> get(String group, String version, String path) {
        return aggregation.available(group, version).flatMap(service -> {
            try {
                return Optional.of(
                        KubeObject.of(JsonReader.readMap(ask(service, path).body())));
            } catch (IOException | RuntimeException broken) {
                return Optional.empty();
            }
        });
    }
}
