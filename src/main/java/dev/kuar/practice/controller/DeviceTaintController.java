package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.device.DeviceToleration;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends pods whose devices got a taint with the effect NoExecute that their claims do not tolerate, or no longer. Models the device
 * taint eviction controller of Kubernetes 1.36 without DeviceTaintRules, which are off.
 */
final class DeviceTaintController implements Reconciler {
    private static final GroupResource CLAIMS = ResourceClaimController.CLAIMS;
    private static final GroupResource SLICES = GroupResource.of("resource.k8s.io", "resourceslices");
    private static final String REASON = "DeviceTaintManagerEviction";

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer pods;
    private final Informer claims;
    private final Informer slices;

    /** When pods are to be deleted, by their uid. */
    private final Map<String, Instant> planned = new ConcurrentHashMap<>();

    private DeviceTaintController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("device-taint-eviction-controller");
        this.events = context.events("device-taint-eviction-controller");
        this.pods = context.informer(Kinds.PODS);
        this.claims = context.informer(CLAIMS);
        this.slices = context.informer(SLICES);
    }

    static void start(ControllerContext context) {
        DeviceTaintController controller = new DeviceTaintController(context);
        Loop loop = context.loop("device-taint-eviction-controller", controller);
        context.listen(Kinds.PODS, (old, now) -> {
            if (now == null && old != null) {
                controller.planned.remove(old.uid());
            } else if (now != null && !PodClaims.isWithout(now)) {
                loop.add(Key.of(now));
            }
        });
        context.listen(CLAIMS, (old, now) -> {
            addUsers(loop, old);
            addUsers(loop, now);
        });
        context.listen(SLICES, (old, now) -> {
            if (!taints(old).equals(taints(now))) {
                controller.claims.all().forEach(claim -> addUsers(loop, claim));
            }
        });
    }

    private static void addUsers(Loop loop, @Nullable KubeObject claim) {
        if (claim != null) {
            claim.maps("status", "reservedFor")
                    .forEach(user -> loop.add(new Key(claim.namespace(), Trees.text(user, "name"))));
        }
    }

    private static List<Object> taints(@Nullable KubeObject slice) {
        return slice == null
                ? List.of()
                : slice.maps("spec", "devices").stream()
                        .filter(device -> device.get("taints") != null)
                        .<Object>map(device -> List.of(Trees.text(device, "name"), device.get("taints")))
                        .toList();
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        if (pod == null || pod.isTerminating()) {
            return Next.ON_CHANGE;
        }
        Instant due = due(pod);
        if (due == null) {
            if (planned.remove(pod.uid()) != null) {
                events.normal(reference(pod), REASON, "Cancelling deletion");
            }
            return Next.ON_CHANGE;
        }
        planned.put(pod.uid(), due);
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        KubeObject current = client.find(Kinds.PODS, key.namespace(), key.name())
                .filter(each -> each.uid().equals(pod.uid()) && !each.isTerminating())
                .orElse(null);
        if (current != null) {
            events.normal(reference(pod), REASON, "Marking for deletion");
            PodConditions.patch(
                    context,
                    client,
                    current,
                    Map.of(),
                    "DeletionByDeviceTaintManager",
                    "Device Taint manager: deleting due to NoExecute taint");
            PodConditions.delete(client, current, -1);
        }
        planned.remove(pod.uid());
        return Next.ON_CHANGE;
    }

    private static KubeObject reference(KubeObject pod) {
        KubeObject reference = KubeObject.create("v1", "Pod", pod.namespace(), pod.name());
        reference.set(pod.uid(), "metadata", "uid");
        return reference;
    }

    /** When the pod has to go; null where nothing drives it away. */
    private @Nullable Instant due(KubeObject pod) {
        Instant first = null;
        for (String name : pod.text("spec", "nodeName").isEmpty() ? List.<String>of() : PodClaims.names(pod)) {
            KubeObject claim = claims.find(pod.namespace(), name)
                    .filter(each -> PodClaims.isReserved(pod, each))
                    .orElse(null);
            for (Map<String, Object> result : claim == null
                    ? List.<Map<String, Object>>of()
                    : claim.maps("status", "allocation", "devices", "results")) {
                Instant due = dueOf(KubeObject.of(result));
                first = first == null || (due != null && due.isBefore(first)) ? due : first;
            }
        }
        return first;
    }

    private @Nullable Instant dueOf(KubeObject result) {
        Instant first = null;
        for (Map<String, Object> taint : device(result).maps("taints")) {
            if (!"NoExecute".equals(taint.get("effect"))) {
                continue;
            }
            List<Map<String, Object>> tolerations = result.maps("tolerations").stream()
                    .filter(each -> "NoExecute".equals(each.get("effect")) && DeviceToleration.tolerates(each, taint))
                    .toList();
            if (tolerations.stream().anyMatch(each -> each.get("tolerationSeconds") == null)) {
                continue;
            }
            Instant due = PodState.time(Trees.text(taint, "timeAdded"));
            Optional<Long> patience = tolerations.stream()
                    .map(each -> Math.max(0, Trees.number(each, "tolerationSeconds", 0)))
                    .min(Comparator.naturalOrder());
            due = patience.isPresent() ? context.due(due, patience.get()) : due;
            first = first == null || due.isBefore(first) ? due : first;
        }
        return first;
    }

    /** As it stands in the newest slices of its pool. */
    private KubeObject device(KubeObject result) {
        List<KubeObject> pool = slices.all().stream()
                .filter(slice -> slice.text("spec", "driver").equals(result.text("driver"))
                        && slice.text("spec", "pool", "name").equals(result.text("pool")))
                .toList();
        long newest = pool.stream()
                .mapToLong(slice -> slice.number(0, "spec", "pool", "generation"))
                .max()
                .orElse(0);
        return pool.stream()
                .filter(slice -> slice.number(0, "spec", "pool", "generation") == newest)
                .flatMap(slice -> slice.maps("spec", "devices").stream())
                .map(KubeObject::of)
                .filter(device -> device.text("name").equals(result.text("device")))
                .findFirst()
                .orElse(KubeObject.of(Map.of()));
    }
}
