package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.ServedResource;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.object.QuotaUsage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts what a namespace uses of each ResourceQuota: when it is written, when something goes or takes another amount, and every
 * five minutes. What comes is charged by admission, which refuses what is over the line.
 *
 * <p>Models the quota controller of Kubernetes 1.36.
 */
final class QuotaController implements Reconciler {
    private static final Duration ANEW = Duration.ofMinutes(5);

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer quotas;
    private final Loop loop;
    private final Set<GroupResource> followed = new HashSet<>();

    private QuotaController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("resourcequota-controller");
        this.quotas = context.informer(Kinds.QUOTAS);
        this.loop = context.loop("resourcequota-controller", this);
    }

    static void start(ControllerContext context) {
        QuotaController controller = new QuotaController(context);
        context.listen(Kinds.QUOTAS, (old, now) -> {
            // What admission charges is not counted anew: the object that it is for is not there yet.
            if (now != null && (old == null || !old.map("spec").equals(now.map("spec")))) {
                controller.loop.add(Key.of(now));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject quota = quotas.find(key.namespace(), key.name()).orElse(null);
        if (quota == null) {
            return Next.ON_CHANGE;
        }
        Map<String, Object> hard = quota.map("spec", "hard");
        Map<String, Object> used = new TreeMap<>(quota.map("status", "used"));
        usage(quota, hard.keySet()).forEach((name, amount) -> used.put(name, amount.toString()));
        used.keySet().retainAll(hard.keySet());
        if (!(quota.at("status", "hard") instanceof Map)
                || !same(hard, quota.map("status", "hard"))
                || !(quota.at("status", "used") instanceof Map)
                || !same(used, quota.map("status", "used"))) {
            ControllerContext.writeStatus(
                    client, Kinds.QUOTAS, quota, Trees.map("hard", KubeObject.copyOf(hard), "used", used));
        }
        return Next.after(ANEW);
    }

    /** Whatever the form that amounts are written in. */
    private static boolean same(Map<String, Object> some, Map<String, Object> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream()
                        .allMatch(each ->
                                Quantity.of(each.getValue()).compareTo(Quantity.of(others.get(each.getKey()))) == 0);
    }

    private Map<String, Quantity> usage(KubeObject quota, Set<String> limits) {
        Map<String, Quantity> usage = new TreeMap<>();
        for (GroupResource kind : QuotaUsage.kinds(limits)) {
            if (!isServed(kind)) {
                continue;
            }
            limits.stream()
                    .filter(limit -> QuotaUsage.concerns(limit, kind))
                    .forEach(limit -> usage.putIfAbsent(limit, Quantity.ZERO));
            for (KubeObject object : follow(kind).inNamespace(quota.namespace())) {
                if (QuotaUsage.isInScope(quota, kind, object)) {
                    QuotaUsage.of(kind, object, context.instant())
                            .forEach((limit, amount) -> usage.computeIfPresent(limit, (name, sum) -> sum.plus(amount)));
                }
            }
        }
        return usage;
    }

    /** The informer of a kind, whose changes bring the quotas of the namespace back here. */
    private synchronized Informer follow(GroupResource resource) {
        if (!resource.equals(Kinds.QUOTAS) && followed.add(resource)) {
            context.listen(resource, (old, now) -> {
                if (old != null && (now == null || !use(resource, old).equals(use(resource, now)))) {
                    quotas.inNamespace(old.namespace()).forEach(quota -> loop.add(Key.of(quota)));
                }
            });
        }
        return context.informer(resource);
    }

    private Map<String, Quantity> use(GroupResource resource, KubeObject object) {
        return QuotaUsage.of(resource, object, context.instant());
    }

    private boolean isServed(GroupResource resource) {
        return resource.group().isEmpty()
                || client.resources().stream().map(ServedResource::resource).anyMatch(resource::equals);
    }
}
