package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.controller.AutoscalerMetrics.Asked;
import dev.kuar.practice.controller.AutoscalerMetrics.Failure;
import dev.kuar.practice.controller.ScalingRules.Decision;
import dev.kuar.practice.controller.ScalingRules.Word;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Scales what has a scale subresource by metrics of its pods, every fifteen seconds. Models the horizontal pod autoscaler of
 * Kubernetes 1.36; of its metrics those of {@code custom.} and {@code external.metrics.k8s.io} have no server here.
 */
final class AutoscalerController implements Reconciler {
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final int TRIES = 5;

    private final ControllerContext context;
    private final AutoscalerMetrics metrics;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer scalers;
    private final Map<Key, Instant> seen = new ConcurrentHashMap<>();
    private final Map<Key, ScalingRules> rules = new ConcurrentHashMap<>();

    /** What each autoscaler selects, as last seen. */
    private final Map<Key, LabelSelector> selectors = new ConcurrentHashMap<>();

    /** What there is to scale. */
    private record Target(GroupResource resource, KubeObject scale) {
        long replicas() {
            return scale.number(0, "spec", "replicas");
        }
    }

    /** What the metrics come to. */
    private record Wish(long replicas, String metric) {}

    private AutoscalerController(ControllerContext context, AggregatedApis apis) {
        this.context = context;
        this.metrics = new AutoscalerMetrics(apis, context.informer(Kinds.PODS));
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
            rules.remove(key);
            selectors.remove(key);
            return Next.ON_CHANGE;
        }
        Instant due = seen.computeIfAbsent(key, k -> context.instant().plus(EVERY));
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        seen.put(key, context.instant().plus(EVERY));
        KubeObject changed = scaler.copy();
        evaluate(scaler, changed, rules.computeIfAbsent(key, k -> new ScalingRules()));
        if (!scaler.equals(changed)) {
            try {
                client.updateSubresource(Kinds.AUTOSCALERS, "status", changed);
            } catch (ApiException e) {
                events.warning(scaler, "FailedUpdateStatus", Objects.requireNonNullElse(e.getMessage(), ""));
            }
        }
        return Next.after(EVERY);
    }

    private void evaluate(KubeObject scaler, KubeObject changed, ScalingRules known) {
        Target target;
        try {
            target = target(scaler);
        } catch (ApiException absent) {
            String why = Objects.requireNonNullElse(absent.getMessage(), "");
            events.warning(scaler, "FailedGetScale", why);
            condition(
                    changed,
                    "AbleToScale",
                    new Word(
                            false,
                            "FailedGetScale",
                            "the HPA controller was unable to get the target's current scale: " + why));
            return;
        }
        condition(
                changed,
                "AbleToScale",
                new Word(true, "SucceededGetScale", "the HPA controller was able to get the target's current scale"));
        long current = target.replicas();
        long least = scaler.number(1, "spec", "minReplicas");
        long most = scaler.number(1, "spec", "maxReplicas");
        known.begin(context.instant(), current);
        changed.set(null, "status", "currentMetrics");
        long wanted = current;
        String why = "";
        if (current == 0 && least != 0) {
            wanted = 0;
            condition(
                    changed,
                    "ScalingActive",
                    new Word(
                            false,
                            "ScalingDisabled",
                            "scaling is disabled since the replica count of the target is zero"));
        } else if (current > most) {
            why = "Current number of replicas above Spec.MaxReplicas";
            wanted = most;
        } else if (current < least) {
            why = "Current number of replicas below Spec.MinReplicas";
            wanted = least;
        } else {
            Optional<Wish> wish = wish(scaler, changed, target);
            if (wish.isEmpty()) {
                changed.set(Trees.orNull(current), "status", "currentReplicas");
                return;
            }
            Decision decision =
                    known.decide(scaler, context.instant(), current, wish.get().replicas());
            condition(changed, "AbleToScale", decision.able());
            condition(changed, "ScalingLimited", decision.limited());
            wanted = decision.replicas();
            why = wish.get().replicas() > current
                    ? wish.get().metric() + " above target"
                    : wish.get().replicas() < current ? "All metrics below target" : "";
        }
        if (wanted != current && !rescale(scaler, changed, target, wanted, why, known)) {
            return;
        }
        changed.set(Trees.orNull(current), "status", "currentReplicas");
        changed.set(wanted, "status", "desiredReplicas");
    }

    private Target target(KubeObject scaler) {
        String apiVersion = scaler.text("spec", "scaleTargetRef", "apiVersion");
        String kind = scaler.text("spec", "scaleTargetRef", "kind");
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        GroupResource resource = client.resources().stream()
                .filter(served ->
                        served.kind().equals(kind) && served.resource().group().equals(group))
                .map(ApiClient.ServedResource::resource)
                .findFirst()
                .orElseThrow(() -> new ApiException(dev.kuar.practice.object.Status.failure(
                        404, "NotFound", "no matches for kind \"" + kind + "\" in group \"" + group + "\"")));
        String name = scaler.text("spec", "scaleTargetRef", "name");
        return new Target(resource, client.getSubresource(resource, scaler.namespace(), name, "scale"));
    }

    /** Empty where too few metrics say anything; the conditions then say why. */
    private Optional<Wish> wish(KubeObject scaler, KubeObject changed, Target target) {
        Optional<LabelSelector> selector = selector(scaler, changed, target);
        if (selector.isEmpty()) {
            return Optional.empty();
        }
        List<Object> shown = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        List<Map<String, Object>> all = scaler.maps("spec", "metrics");
        Wish most = new Wish(0, "");
        for (Map<String, Object> each : all) {
            try {
                Asked asked =
                        metrics.ask(scaler, KubeObject.of(each), selector.get(), target.replicas(), context.instant());
                shown.add(asked.status());
                if (most.replicas() == 0 || asked.replicas() > most.replicas()) {
                    most = new Wish(asked.replicas(), asked.name());
                }
            } catch (Failure failure) {
                shown.add(Trees.map("type", ""));
                failures.add(failure);
                events.warning(scaler, failure.reason(), failure.words());
            }
        }
        changed.set(shown, "status", "currentMetrics");
        boolean tooFew = failures.size() >= all.size() || !failures.isEmpty() && most.replicas() < target.replicas();
        if (tooFew) {
            Failure first = failures.get(0);
            condition(
                    changed,
                    "ScalingActive",
                    new Word(
                            false,
                            first.reason(),
                            "the HPA was unable to compute the replica count: " + first.words()));
            events.warning(
                    scaler,
                    "FailedComputeMetricsReplicas",
                    "invalid metrics (" + failures.size() + " invalid out of " + all.size() + "), first error is: "
                            + first.whole());
            return Optional.empty();
        }
        condition(
                changed,
                "ScalingActive",
                new Word(
                        true,
                        "ValidMetricFound",
                        "the HPA was able to successfully calculate a replica count from " + most.metric()));
        return Optional.of(most);
    }

    /** Empty where there is none, or where other autoscalers want the same pods; the conditions then say so. */
    private Optional<LabelSelector> selector(KubeObject scaler, KubeObject changed, Target target) {
        String text = target.scale().text("status", "selector");
        if (text.isEmpty()) {
            return unusable(
                    scaler,
                    changed,
                    new Word(false, "InvalidSelector", "the HPA target's scale is missing a selector"),
                    "SelectorRequired",
                    "selector is required");
        }
        LabelSelector selector = LabelSelector.parse(text);
        selectors.put(Key.of(scaler), selector);
        List<KubeObject> selected = context.informer(Kinds.PODS).inNamespace(scaler.namespace()).stream()
                .filter(pod -> selector.matches(pod.labels()))
                .toList();
        List<String> rivals = selectors.entrySet().stream()
                .filter(each -> each.getKey().namespace().equals(scaler.namespace()))
                .filter(each ->
                        selected.stream().anyMatch(pod -> each.getValue().matches(pod.labels())))
                .map(each -> each.getKey().namespace() + "/" + each.getKey().name())
                .sorted()
                .toList();
        if (rivals.size() > 1) {
            String message =
                    "pods by selector " + text + " are controlled by multiple HPAs: [" + String.join(" ", rivals) + "]";
            return unusable(
                    scaler, changed, new Word(false, "AmbiguousSelector", message), "AmbiguousSelector", message);
        }
        return Optional.of(selector);
    }

    private Optional<LabelSelector> unusable(
            KubeObject scaler, KubeObject changed, Word word, String reason, String message) {
        events.warning(scaler, reason, message);
        condition(changed, "ScalingActive", word);
        events.warning(scaler, "FailedComputeMetricsReplicas", message);
        return Optional.empty();
    }

    /** Writes the size; where somebody else wrote meanwhile, tries again over what is there then. */
    private void write(Target target, long wanted) {
        KubeObject scale = target.scale().copy();
        for (int tries = 1; ; tries++) {
            scale.set(wanted, "spec", "replicas");
            try {
                client.updateSubresource(target.resource(), "scale", scale);
                return;
            } catch (ApiException refused) {
                if (!refused.isConflict() || tries == TRIES) {
                    throw refused;
                }
                scale = client.getSubresource(target.resource(), scale.namespace(), scale.name(), "scale")
                        .copy();
            }
        }
    }

    private boolean rescale(
            KubeObject scaler, KubeObject changed, Target target, long wanted, String why, ScalingRules known) {
        try {
            write(target, wanted);
        } catch (ApiException refused) {
            String words = Objects.requireNonNullElse(refused.getMessage(), "");
            events.warning(scaler, "FailedRescale", "New size: " + wanted + "; reason: " + why + "; error: " + words);
            condition(
                    changed,
                    "AbleToScale",
                    new Word(
                            false,
                            "FailedUpdateScale",
                            "the HPA controller was unable to update the target scale: " + words));
            changed.set(Trees.orNull(target.replicas()), "status", "currentReplicas");
            return false;
        }
        events.normal(scaler, "SuccessfulRescale", "New size: " + wanted + "; reason: " + why);
        condition(
                changed,
                "AbleToScale",
                new Word(
                        true,
                        "SucceededRescale",
                        "the HPA controller was able to update the target scale to " + wanted));
        known.scaled(scaler, context.instant(), target.replicas(), wanted);
        changed.set(context.now(), "status", "lastScaleTime");
        return true;
    }

    private void condition(KubeObject target, String type, Word word) {
        target.set(
                Trees.withCondition(
                        target.maps("status", "conditions"),
                        type,
                        word.holds() ? "True" : "False",
                        word.reason(),
                        word.message(),
                        context.now()),
                "status",
                "conditions");
    }
}
