package dev.kuar.practice.api;

import dev.kuar.practice.admission.PodTopologyLabels;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is posted to a pod: its binding to a node, and its eviction, which disruption budgets may refuse. */
final class PodSpecials {
    private static final GroupResource BUDGETS = GroupResource.of("policy", "poddisruptionbudgets");

    private static final String VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

    private final Parts parts;
    private final Verbs verbs;
    private final ClusterReader reader;

    PodSpecials(Parts parts, Verbs verbs, ClusterReader reader) {
        this.parts = parts;
        this.verbs = verbs;
        this.reader = reader;
    }

    Answer bind(Kind kind, ApiRequest request) {
        Map<String, Object> body = Bodies.plain(request.body());
        KubeObject binding = KubeObject.of(body);
        checkTarget(binding);
        String name = request.name().isEmpty() ? binding.name() : request.name();
        String node = binding.text("target", "name");
        Kind pods = kind.resource().equals("pods")
                ? kind
                : parts.catalog().find("", "pods").orElseThrow();
        ApiRequest write = new ApiRequest(
                request.user(),
                request.agent(),
                Verb.UPDATE,
                pods.groupResource(),
                "v1",
                request.namespace(),
                name,
                "binding",
                request.options(),
                Body.NONE,
                null,
                true,
                request.notes());
        // upstream binds beneath what notes managed fields, so nobody owns the node's name
        verbs.updates().change(pods, write, old -> bound(old, binding, node), new ArrayList<>(), false);
        return new Answer.Outcome(201, success(201), List.of());
    }

    private static void checkTarget(KubeObject binding) {
        List<String> faults = new ArrayList<>();
        String kind = binding.text("target", "kind");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            faults.add("target.kind: Unsupported value: \"" + kind + "\": supported values: \"Node\", \"<empty>\"");
        }
        if (binding.text("target", "name").isEmpty()) {
            faults.add("target.name: Required value");
        }
        if (!faults.isEmpty()) {
            throw Statuses.internal(faults.size() == 1 ? faults.get(0) : "[" + String.join(", ", faults) + "]");
        }
    }

    private KubeObject bound(KubeObject old, KubeObject binding, String node) {
        if (old.isTerminating()) {
            throw conflict(old, "pod " + old.name() + " is being deleted, cannot be assigned to a host");
        }
        if (!old.text("spec", "nodeName").isEmpty()) {
            throw conflict(
                    old, "pod " + old.name() + " is already assigned to node \"" + old.text("spec", "nodeName") + "\"");
        }
        if (!old.maps("spec", "schedulingGates").isEmpty()) {
            throw conflict(old, "pod " + old.name() + " has non-empty .spec.schedulingGates");
        }
        KubeObject pod = old.copy();
        pod.set(node, "spec", "nodeName");
        pod.set(null, "status", "nominatedNodeName");
        binding.annotations().forEach((key, value) -> pod.set(value, "metadata", "annotations", key));
        binding.labels().forEach((key, value) -> pod.set(value, "metadata", "labels", key));
        PodTopologyLabels.of(reader, node).forEach((key, value) -> pod.set(value, "metadata", "labels", key));
        scheduled(pod);
        return pod;
    }

    private void scheduled(KubeObject pod) {
        List<Object> conditions = new ArrayList<>();
        for (Map<String, Object> condition : pod.maps("status", "conditions")) {
            if (!"PodScheduled".equals(condition.get("type"))) {
                conditions.add(condition);
            }
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "PodScheduled");
        condition.put("status", "True");
        condition.put("lastProbeTime", null);
        condition.put(
                "lastTransitionTime",
                parts.now().truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.add(condition);
        pod.set(conditions, "status", "conditions");
    }

    private static ApiException conflict(KubeObject pod, String why) {
        return Statuses.conflict(new GroupResource("", "pods/binding"), pod.name(), why);
    }

    Answer evict(Kind kind, ApiRequest request) {
        OptionChecks.write("CreateOptions", request.options(), false);
        KubeObject eviction = KubeObject.of(Bodies.plain(request.body()));
        if (!eviction.name().equals(request.name())) {
            throw Statuses.badRequest("name in URL does not match name in Eviction object");
        }
        RequestOptions options = options(request.options(), eviction.map("deleteOptions"));
        Stored stored = verbs.lists().get(kind, request.namespace(), request.name());
        KubeObject pod = stored.object();
        if (!pod.isTerminating() && !isDone(pod)) {
            checkBudgets(pod, options.isDryRun());
        }
        if (!options.isDryRun()) {
            mark(kind, request);
        }
        ApiRequest deletion = new ApiRequest(
                request.user(),
                request.agent(),
                Verb.DELETE,
                request.resource(),
                request.version(),
                request.namespace(),
                request.name(),
                "",
                options,
                Body.NONE,
                null,
                true,
                request.notes());
        verbs.deletes().delete(kind, deletion);
        return new Answer.Outcome(201, success(201), List.of());
    }

    /** Query and body may both ask for a dry run, but not for different ones. */
    private static RequestOptions options(RequestOptions query, Map<String, Object> body) {
        List<String> own = KubeObject.of(body).texts("dryRun");
        if (!own.isEmpty() && !query.dryRun().isEmpty() && !own.equals(query.dryRun())) {
            throw Statuses.internal("Non-matching dry-run options in request and content: ["
                    + String.join(" ", query.dryRun()) + "] and [" + String.join(" ", own) + "]");
        }
        return body.isEmpty() ? query : query.withDeleteOptions(body);
    }

    /** Says in the pod's status why it goes. */
    private void mark(Kind kind, ApiRequest request) {
        ApiRequest write = new ApiRequest(
                request.user(),
                request.agent(),
                Verb.UPDATE,
                request.resource(),
                request.version(),
                request.namespace(),
                request.name(),
                "status",
                request.options(),
                Body.NONE,
                null,
                true,
                request.notes());
        verbs.updates().change(kind, write, this::disrupted, new ArrayList<>(), false);
    }

    private KubeObject disrupted(KubeObject old) {
        KubeObject pod = old.copy();
        List<Object> conditions = new ArrayList<>();
        for (Map<String, Object> condition : pod.maps("status", "conditions")) {
            if (!"DisruptionTarget".equals(condition.get("type"))) {
                conditions.add(condition);
            }
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "DisruptionTarget");
        condition.put("status", "True");
        condition.put("lastProbeTime", null);
        condition.put(
                "lastTransitionTime",
                parts.now().truncatedTo(ChronoUnit.SECONDS).toString());
        condition.put("reason", "EvictionByEvictionAPI");
        condition.put("message", "Eviction API: evicting");
        conditions.add(condition);
        pod.set(conditions, "status", "conditions");
        return pod;
    }

    /** Who is not ready counts for nothing: it may go where the policy says so, or while enough others are healthy. */
    private static boolean mayGoUnhealthy(KubeObject budget, KubeObject pod) {
        boolean ready = pod.maps("status", "conditions").stream()
                .anyMatch(each -> "Ready".equals(each.get("type")) && "True".equals(each.get("status")));
        long desired = budget.number(0, "status", "desiredHealthy");
        return !ready
                && (budget.text("spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")
                        || desired > 0 && budget.number(0, "status", "currentHealthy") >= desired);
    }

    private static String refusal(KubeObject budget) {
        long desired = budget.number(0, "status", "desiredHealthy");
        long current = budget.number(0, "status", "currentHealthy");
        String head = "The disruption budget " + budget.name();
        return current <= desired
                ? head + " needs " + desired + " healthy pods and has " + current + " currently"
                : head + " does not allow evicting pods currently";
    }

    private static Map<String, Object> because(String message) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("causes", new ArrayList<>(List.of(Statuses.cause("DisruptionBudget", message, ""))));
        return details;
    }

    private static boolean isDone(KubeObject pod) {
        String phase = pod.text("status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed") || phase.equals("Pending");
    }

    private void checkBudgets(KubeObject pod, boolean dryRun) {
        List<KubeObject> budgets = reader.list(BUDGETS, pod.namespace()).stream()
                .filter(budget ->
                        LabelSelector.ofObject(budget.map("spec", "selector")).matches(pod.labels()))
                .toList();
        if (budgets.size() > 1) {
            throw Statuses.internal(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                            + " support.");
        }
        for (KubeObject budget : budgets) {
            if (mayGoUnhealthy(budget, pod)) {
                continue;
            }
            if (budget.number(0, "status", "observedGeneration") < budget.generation()) {
                throw Statuses.tooManyRequests(
                        VIOLATION,
                        10,
                        because("The disruption budget " + budget.name() + " is still being processed by the server."));
            }
            if (budget.number(0, "status", "disruptionsAllowed") < 1) {
                throw Statuses.tooManyRequests(VIOLATION, 0, because(refusal(budget)));
            }
            if (!dryRun) {
                take(budget, pod);
            }
        }
    }

    /** Notes the disruption in the budget, so that two evictions at once cannot both have the last one. */
    private void take(KubeObject budget, KubeObject pod) {
        Kind kind = parts.catalog().find("policy", "poddisruptionbudgets").orElseThrow();
        KubeObject changed = budget.copy();
        changed.set(budget.number(0, "status", "disruptionsAllowed") - 1, "status", "disruptionsAllowed");
        changed.set(parts.now().truncatedTo(ChronoUnit.SECONDS).toString(), "status", "disruptedPods", pod.name());
        String key = Storage.key(kind, budget.namespace(), budget.name());
        if (parts.storage().put(kind, key, Long.parseLong(budget.resourceVersion()), changed) == null) {
            throw Statuses.tooManyRequests(VIOLATION, 10, Map.of());
        }
    }

    static Status success(int code) {
        return new Status(code, "", "", Map.of());
    }
}
