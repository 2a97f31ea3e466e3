package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether an aggregated API is available: its Service is there, an endpoint is ready, and the server answers for the
 * group version. Models kube-aggregator's availability controller of Kubernetes 1.36; asks again every half minute.
 */
final class ApiServiceController implements Reconciler {
    private static final GroupResource API_SERVICES = GroupResource.of("apiregistration.k8s.io", "apiservices");
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer services;
    private final AggregatedApis apis;

    private ApiServiceController(ControllerContext context, AggregatedApis apis) {
        this.context = context;
        this.client = context.clientFor("apiservice-status-controller");
        this.services = context.informer(API_SERVICES);
        this.apis = apis;
    }

    static void start(ControllerContext context, AggregatedApis apis) {
        ApiServiceController controller = new ApiServiceController(context, apis);
        Loop loop = context.loop("available-apiservices", controller);
        context.watch(API_SERVICES, loop);
        context.listen(Kinds.ENDPOINT_SLICES, (old, now) -> {
            KubeObject slice = now != null ? now : old;
            if (slice != null) {
                String service = slice.labels().getOrDefault("kubernetes.io/service-name", "");
                controller.lookAgain(loop, slice.namespace(), service);
            }
        });
        context.listen(Kinds.SERVICES, (old, now) -> {
            KubeObject service = now != null ? now : old;
            if (service != null) {
                controller.lookAgain(loop, service.namespace(), service.name());
            }
        });
    }

    private void lookAgain(Loop loop, String namespace, String name) {
        services.all().stream()
                .filter(each -> each.text("spec", "service", "name").equals(name)
                        && each.text("spec", "service", "namespace").equals(namespace))
                .forEach(each -> loop.add(Key.of(each)));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject service = services.find("", key.name()).orElse(null);
        if (service == null) {
            return Next.ON_CHANGE;
        }
        if (!(service.at("spec", "service") instanceof Map)) {
            var unused = say(service, "True", "Local", "Local APIServices are always available", EVERY);
            return Next.ON_CHANGE;
        }
        String namespace = service.text("spec", "service", "namespace");
        String name = service.text("spec", "service", "name");
        String where = "service/" + name + " in \"" + namespace + "\"";
        KubeObject target =
                context.informer(Kinds.SERVICES).find(namespace, name).orElse(null);
        if (target == null) {
            return say(service, "False", "ServiceNotFound", where + " is not present", EVERY);
        }
        if (target.text("spec", "type").equals("ClusterIP")) {
            Optional<Next> missing = missing(service, target, where);
            if (missing.isPresent()) {
                return missing.get();
            }
        }
        String failed = apis.probe(service);
        return failed.isEmpty()
                ? say(service, "True", "Passed", "all checks passed", EVERY)
                : say(service, "False", "FailedDiscoveryCheck", "failing or missing response from " + failed, SOON);
    }

    /** What is to be done about a port or endpoints that are not there; empty where they are. */
    private Optional<Next> missing(KubeObject service, KubeObject target, String where) {
        long port = service.number(443, "spec", "service", "port");
        String portName = target.maps("spec", "ports").stream()
                .map(KubeObject::of)
                .filter(each -> each.number(0, "port") == port)
                .map(each -> each.text("name"))
                .findFirst()
                .orElse(null);
        if (portName == null) {
            return Optional.of(
                    say(service, "False", "ServicePortError", where + " is not listening on port " + port, EVERY));
        }
        List<KubeObject> slices = context.informer(Kinds.ENDPOINT_SLICES).inNamespace(target.namespace()).stream()
                .filter(each -> target.name().equals(each.labels().get("kubernetes.io/service-name")))
                .toList();
        if (slices.isEmpty()) {
            return Optional.of(
                    say(service, "False", "EndpointsNotFound", "cannot find endpointslices for " + where, EVERY));
        }
        return slices.stream().anyMatch(each -> isReady(each, portName))
                ? Optional.empty()
                : Optional.of(say(
                        service,
                        "False",
                        "MissingEndpoints",
                        "endpointslices for " + where + " have no addresses with port name \"" + portName + "\"",
                        EVERY));
    }

    private static boolean isReady(KubeObject slice, String portName) {
        return slice.maps("ports").stream()
                        .map(KubeObject::of)
                        .anyMatch(each -> each.text("name").equals(portName) && each.at("port") != null)
                && slice.maps("endpoints").stream()
                        .anyMatch(each ->
                                !Boolean.FALSE.equals(KubeObject.of(each).at("conditions", "ready")));
    }

    private Next say(KubeObject service, String status, String reason, String message, Duration again) {
        KubeObject changed = service.copy();
        changed.set(
                Trees.withCondition(
                        changed.maps("status", "conditions"), "Available", status, reason, message, context.now()),
                "status",
                "conditions");
        if (!changed.equals(service)) {
            client.updateSubresource(API_SERVICES, "status", changed);
        }
        return Next.after(again);
    }
}
