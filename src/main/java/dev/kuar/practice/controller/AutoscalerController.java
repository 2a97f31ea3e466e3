package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Scales by resource metrics, every fifteen seconds. Models the horizontal pod autoscaler of Kubernetes 1.36 for resource
 * metrics with utilization or average value: tolerance of a tenth, five minutes before it scales down.
 */
final class AutoscalerController implements Reconciler {
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final double TOLERANCE = 0.1;

    private final ControllerContext context;
    private final AggregatedApis apis;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer scalers;
    private final Map<Key, Instant> seen = new ConcurrentHashMap<>();
    private final Map<Key, List<Advice>> advices = new ConcurrentHashMap<>();

    private record Advice(Instant at, long replicas) {}

    private AutoscalerController(ControllerContext context, AggregatedApis apis) {
        this.context = context;
        this.apis = apis;
        this.client = context.clientFor("horizontal-pod-autoscaler");
        this.events = context.events("horizontal-pod-autoscaler");
        this.scalers = context.informer(Kinds.AUTOSCALERS);
    }

    static void start(ControllerContext context, AggregatedApis apis) {
        AutoscalerController controller = new AutoscalerController(context, apis);
        Loop loop = context.loop("horizontal-pod-autoscaler-controller", controller);
        context.listen(Kinds.AUTOSCALERS, (old, now) -> {
            KubeObject scaler = now != null ? now : old;
            if (scaler != null && (old == null || now == null)) {
                loop.add(Key.of(scaler));
            }
        });
    }

    /** First fifteen seconds after it was made, then every fifteen. */
    @Override
    public Next reconcile(Key key) {
        KubeObject scaler = scalers.find(key.namespace(), key.name()).orElse(null);
        if (scaler == null) {
            seen.remove(key);
            advices.remove(key);
            return Next.ON_CHANGE;
        }
        Instant due = seen.computeIfAbsent(key, k -> context.instant().plus(EVERY));
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        seen.put(key, context.instant().plus(EVERY));
        evaluate(key, scaler);
        return Next.after(EVERY);
    }

    private void evaluate(Key key, KubeObject scaler) {
        KubeObject target = scaler.copy();
        String kind = scaler.text("spec", "scaleTargetRef", "kind");
        GroupResource resource = client.resources().stream()
                .filter(served -> served.kind().equals(kind))
                .map(ApiClient.ServedResource::resource)
                .findFirst()
                .orElse(Kinds.DEPLOYMENTS);
        String name = scaler.text("spec", "scaleTargetRef", "name");
        KubeObject owner = client.find(resource, scaler.namespace(), name).orElse(null);
        if (owner == null) {
            String message = "the HPA controller was unable to get the target's current scale: " + resource + " \""
                    + name + "\" not found";
            events.warning(scaler, "FailedGetScale", resource + " \"" + name + "\" not found");
            condition(target, "AbleToScale", "False", "FailedGetScale", message);
            write(scaler, target);
            return;
        }
        long current = owner.number(1, "spec", "replicas");
        target.set(current, "status", "currentReplicas");
        condition(
                target,
                "AbleToScale",
                "True",
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        if (current == 0) {
            condition(
                    target,
                    "ScalingActive",
                    "False",
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            write(scaler, target);
            return;
        }
        try {
            long wanted = wanted(scaler, owner, current, target);
            scale(key, scaler, target, resource, owner, current, wanted);
        } catch (ApiException e) {
            String message = Objects.requireNonNullElse(e.getMessage(), "");
            events.warning(scaler, "FailedGetResourceMetric", message);
            events.warning(
                    scaler,
                    "FailedComputeMetricsReplicas",
                    "invalid metrics (1 invalid out of 1), first error is: " + message);
            condition(
                    target,
                    "ScalingActive",
                    "False",
                    "FailedGetResourceMetric",
                    "the HPA was unable to compute the replica count: " + message);
        }
        write(scaler, target);
    }

    private long wanted(KubeObject scaler, KubeObject owner, long current, KubeObject target) {
        long most = 0;
        List<Object> shown = new ArrayList<>();
        for (Map<String, Object> tree : scaler.maps("spec", "metrics")) {
            KubeObject metric = KubeObject.of(tree);
            String resource = metric.text("resource", "name");
            List<KubeObject> pods = pods(owner);
            Quantity used = usage(resource, pods);
            Quantity requested = requested(resource, pods);
            long count = Math.max(1, pods.size());
            double ratio;
            Map<String, Object> now;
            if (metric.at("resource", "target", "averageUtilization") instanceof Number percent) {
                if (requested.isZero()) {
                    throw failure("failed to get " + resource + " utilization: missing request for " + resource);
                }
                long utilization = used.millis() * 100 / Math.max(1, requested.millis());
                ratio = (double) utilization / percent.longValue();
                now = Trees.map(
                        "averageUtilization",
                        utilization,
                        "averageValue",
                        Quantity.of(used.units() / count).toString());
            } else {
                Quantity wanted = Quantity.of(metric.at("resource", "target", "averageValue"));
                ratio = (double) used.millis() / count / Math.max(1, wanted.millis());
                now = Trees.map(
                        "averageValue", Quantity.of(used.units() / count).toString());
            }
            shown.add(Trees.map("resource", Trees.map("current", now, "name", resource), "type", "Resource"));
            long replicas = Math.abs(ratio - 1) <= TOLERANCE ? current : (long) Math.ceil(ratio * count);
            most = Math.max(most, replicas);
        }
        target.set(shown, "status", "currentMetrics");
        condition(
                target,
                "ScalingActive",
                "True",
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of"
                        + " request)");
        return most;
    }

    private List<KubeObject> pods(KubeObject owner) {
        LabelSelector selector = LabelSelector.ofObject(owner.map("spec", "selector"));
        List<KubeObject> list = new ArrayList<>();
        for (KubeObject pod : context.informer(Kinds.PODS).inNamespace(owner.namespace())) {
            if (selector.matches(pod.labels()) && PodState.isActive(pod)) {
                list.add(pod);
            }
        }
        return list;
    }

    private static ApiException failure(String message) {
        return new ApiException(dev.kuar.practice.object.Status.failure(500, "InternalError", message));
    }

    private Quantity usage(String resource, List<KubeObject> pods) {
        String none =
                "failed to get " + resource + " utilization: unable to get metrics for resource " + resource + ": ";
        Quantity sum = Quantity.ZERO;
        boolean any = false;
        for (KubeObject pod : pods) {
            KubeObject metrics = apis.get(
                            "metrics.k8s.io", "v1beta1", "/namespaces/" + pod.namespace() + "/pods/" + pod.name())
                    .orElseThrow(() -> failure(none
                            + "unable to fetch metrics from resource metrics API: the server could not find the requested"
                            + " resource (get pods.metrics.k8s.io)"));
            for (Map<String, Object> container : metrics.maps("containers")) {
                any = true;
                sum = sum.plus(Quantity.of(KubeObject.of(container).at("usage", resource)));
            }
        }
        if (!any) {
            throw failure(none + "no metrics returned from resource metrics API");
        }
        return sum;
    }

    private static Quantity requested(String resource, List<KubeObject> pods) {
        Quantity sum = Quantity.ZERO;
        for (KubeObject pod : pods) {
            for (Map<String, Object> container : pod.maps("spec", "containers")) {
                sum = sum.plus(Quantity.of(KubeObject.of(container).at("resources", "requests", resource)));
            }
        }
        return sum;
    }

    private void scale(
            Key key,
            KubeObject scaler,
            KubeObject target,
            GroupResource resource,
            KubeObject owner,
            long current,
            long wanted) {
        Instant now = context.instant();
        List<Advice> recent = advices.computeIfAbsent(key, k -> new ArrayList<>());
        long window = scaler.number(300, "spec", "behavior", "scaleDown", "stabilizationWindowSeconds");
        recent.removeIf(advice -> advice.at().isBefore(now.minusSeconds(window)));
        recent.add(new Advice(now, wanted));
        long stable = wanted >= current
                ? wanted
                : Math.min(
                        current,
                        recent.stream().mapToLong(Advice::replicas).max().orElse(wanted));
        long limited = Math.max(
                scaler.number(1, "spec", "minReplicas"), Math.min(scaler.number(1, "spec", "maxReplicas"), stable));
        limited = Math.min(limited, Math.max(2 * current, current + 4));
        target.set(limited, "status", "desiredReplicas");
        condition(
                target,
                "ScalingLimited",
                limited == stable ? "False" : "True",
                limited == stable ? "DesiredWithinRange" : limited > stable ? "TooFewReplicas" : "TooManyReplicas",
                limited == stable
                        ? "the desired count is within the acceptable range"
                        : limited > stable
                                ? "the desired replica count is less than the minimum replica count"
                                : "the desired replica count is more than the maximum replica count");
        if (limited == current) {
            return;
        }
        client.patch(
                resource,
                owner.namespace(),
                owner.name(),
                "",
                ApiClient.PatchType.MERGE,
                Trees.map("spec", Trees.map("replicas", limited)));
        target.set(context.now(), "status", "lastScaleTime");
        String why = limited > current
                ? "cpu resource utilization (percentage of request) above target"
                : "All metrics below target";
        events.normal(scaler, "SuccessfulRescale", "New size: " + limited + "; reason: " + why);
        condition(
                target,
                "AbleToScale",
                "True",
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + limited);
    }

    private void condition(KubeObject target, String type, String status, String reason, String message) {
        target.set(
                Trees.withCondition(target.maps("status", "conditions"), type, status, reason, message, context.now()),
                "status",
                "conditions");
    }

    private void write(KubeObject before, KubeObject after) {
        if (!before.equals(after)) {
            client.updateSubresource(Kinds.AUTOSCALERS, "status", after);
        }
    }
}
