package dev.kuar.practice.controller;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which pods stand behind which Services. */
final class ServicePods {
    private ServicePods() {}

    /** Queues the Services of a pod whenever something changes that shows in endpoints. */
    static void follow(ControllerContext context, Informer services, Loop loop) {
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod == null || (old != null && now != null && !matters(old, now))) {
                return;
            }
            for (KubeObject service : services.inNamespace(pod.namespace())) {
                Map<String, String> labels = service.textMap("spec", "selector");
                if (labels.isEmpty()) {
                    continue;
                }
                LabelSelector selector = LabelSelector.ofLabels(labels);
                if (selector.matches(pod.labels()) || (old != null && selector.matches(old.labels()))) {
                    loop.add(Key.of(service));
                }
            }
        });
    }

    private static boolean matters(KubeObject old, KubeObject now) {
        return !old.text("status", "podIP").equals(now.text("status", "podIP"))
                || !old.text("spec", "nodeName").equals(now.text("spec", "nodeName"))
                || PodState.isReady(old) != PodState.isReady(now)
                || PodState.isFinished(old) != PodState.isFinished(now)
                || old.isTerminating() != now.isTerminating()
                || !old.labels().equals(now.labels());
    }

    static boolean hasAddress(KubeObject pod) {
        return !pod.text("status", "podIP").isEmpty() && !PodState.isFinished(pod);
    }

    /** The port of the pod that a Service port leads to; empty when the pod has none of that name. */
    static Optional<Long> targetPort(Map<String, Object> port, KubeObject pod) {
        Object target = port.get("targetPort");
        if (target instanceof Number number && number.longValue() != 0) {
            return Optional.of(number.longValue());
        }
        if (target instanceof String name && !name.isEmpty()) {
            String protocol = String.valueOf(port.getOrDefault("protocol", "TCP"));
            for (Map<String, Object> container : pod.maps("spec", "containers")) {
                Optional<Long> number = named(container, name, protocol);
                if (number.isPresent()) {
                    return number;
                }
            }
            for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
                Optional<Long> number = "Always".equals(container.get("restartPolicy"))
                        ? named(container, name, protocol)
                        : Optional.empty();
                if (number.isPresent()) {
                    return number;
                }
            }
            return Optional.empty();
        }
        return Optional.of(Trees.number(port, "port", 0));
    }

    private static Optional<Long> named(Map<String, Object> container, String name, String protocol) {
        return KubeObject.of(container).maps("ports").stream()
                .filter(port -> name.equals(port.get("name")) && protocol.equals(port.getOrDefault("protocol", "TCP")))
                .map(port -> Trees.number(port, "containerPort", 0))
                .findFirst();
    }

    static @Nullable String hostname(KubeObject service, KubeObject pod) {
        boolean named = pod.text("spec", "subdomain").equals(service.name())
                && !pod.text("spec", "hostname").isEmpty();
        return named ? pod.text("spec", "hostname") : null;
    }
}
