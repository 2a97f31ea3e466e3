package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.object.QuotaUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Refuses what a namespace's ResourceQuotas have no room for, and charges the rest to them at once; of a change only what it
 * takes more than before. A quota counts once its status says what is used.
 *
 * <p>Models the admission plugin ResourceQuota of Kubernetes 1.36.
 */
final class ResourceQuotas implements Admission {
    private static final GroupResource QUOTAS = GroupResource.core("resourcequotas");
    private static final int TRIES = 20;
    private static final Set<String> DEMANDED =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private final ClusterReader reader;
    private final QuotaLedger ledger;
    private final Supplier<Instant> clock;

    ResourceQuotas(ClusterReader reader, QuotaLedger ledger, Supplier<Instant> clock) {
        this.reader = reader;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.namespace().isEmpty()
                || request.resource().equals(GroupResource.core("namespaces"))
                || !QuotaUsage.isCounted(request.resource())
                || !handles(request)) {
            return;
        }
        List<KubeObject> quotas = List.copyOf(reader.list(QUOTAS, request.namespace()));
        for (int tries = 0; !quotas.isEmpty(); tries++) {
            List<KubeObject> charged = new ArrayList<>();
            check(request, quotas, charged);
            if (request.dryRun()) {
                return;
            }
            List<KubeObject> again = new ArrayList<>();
            for (KubeObject quota : charged) {
                if (!ledger.store(quota)) {
                    reader.find(QUOTAS, request.namespace(), quota.name()).ifPresent(again::add);
                }
            }
            if (!again.isEmpty() && tries == TRIES) {
                throw request.forbidden("unable to update quota " + again.get(0).name());
            }
            quotas = again;
        }
    }

    private static boolean handles(AdmissionRequest request) {
        boolean whole = request.subresource().isEmpty();
        if (request.isCreate() || !request.isUpdate()) {
            return request.isCreate() && whole;
        }
        return switch (request.resource().toString()) {
            case "pods" ->
                request.subresource().equals("resize")
                        || whole && QuotaUsage.isBounded(request.now()) != QuotaUsage.isBounded(request.before());
            case "services" -> whole;
            case "persistentvolumeclaims" -> whole || request.subresource().equals("status");
            default -> false;
        };
    }

    private void check(AdmissionRequest request, List<KubeObject> quotas, List<KubeObject> charged) {
        List<KubeObject> concerned = new ArrayList<>();
        for (KubeObject quota : quotas) {
            if (concerns(quota, request, request.now())) {
                mustSay(request, quota);
                concerned.add(quota);
            }
        }
        if (concerned.isEmpty()) {
            return;
        }
        Map<String, Quantity> usage = usage(request, request.now());
        Map<String, Quantity> before = request.isUpdate() ? usage(request, request.before()) : Map.of();
        for (KubeObject quota : concerned) {
            Map<String, Quantity> more = new TreeMap<>();
            boolean counted = request.isUpdate() && concerns(quota, request, request.before());
            usage.forEach((name, amount) -> {
                Quantity was = counted ? before.getOrDefault(name, Quantity.ZERO) : Quantity.ZERO;
                Quantity difference = amount.minus(was);
                if (difference.compareTo(Quantity.ZERO) > 0
                        && quota.map("status", "hard").containsKey(name)) {
                    more.put(name, difference);
                }
            });
            if (!more.isEmpty()) {
                charged.add(charged(request, quota, more));
            }
        }
    }

    private Map<String, Quantity> usage(AdmissionRequest request, KubeObject object) {
        return QuotaUsage.of(request.resource(), object, clock.get());
    }

    private static boolean concerns(KubeObject quota, AdmissionRequest request, KubeObject object) {
        return !limits(quota, request).isEmpty() && QuotaUsage.isInScope(quota, request.resource(), object);
    }

    private static Set<String> limits(KubeObject quota, AdmissionRequest request) {
        Set<String> limits = new TreeSet<>(quota.map("status", "hard").keySet());
        limits.removeIf(name -> !QuotaUsage.concerns(name, request.resource()));
        return limits;
    }

    /** A quota on cpu or memory wants every container to say how much, unless the pod does; and its own usage to be known. */
    private static void mustSay(AdmissionRequest request, KubeObject quota) {
        Set<String> limits = limits(quota, request);
        boolean pod = request.resource().equals(GroupResource.core("pods"));
        if (pod && request.now().map("spec", "resources").isEmpty()) {
            List<String> missing = new ArrayList<>();
            limits.stream().filter(DEMANDED::contains).forEach(name -> {
                Set<String> silent = silent(request.now(), name);
                if (!silent.isEmpty()) {
                    missing.add(name + " for: " + String.join(",", silent));
                }
            });
            if (!missing.isEmpty()) {
                throw request.forbidden(
                        "failed quota: " + quota.name() + ": must specify " + String.join("; ", missing));
            }
        }
        if (!quota.map("status", "used").keySet().containsAll(limits)) {
            throw request.forbidden(
                    "status unknown for quota: " + quota.name() + ", resources: " + String.join(",", limits));
        }
    }

    private static Set<String> silent(KubeObject pod, String limit) {
        String side = limit.startsWith("limits.") ? "limits" : "requests";
        String plain = limit.substring(limit.indexOf('.') + 1);
        Set<String> silent = new TreeSet<>();
        for (Map<String, Object> container : PodResources.containers(pod)) {
            if (!PodResources.of(container, side).containsKey(plain)) {
                silent.add(String.valueOf(container.get("name")));
            }
        }
        return silent;
    }

    private static KubeObject charged(AdmissionRequest request, KubeObject quota, Map<String, Quantity> more) {
        KubeObject charged = quota.copy();
        List<String> requested = new ArrayList<>();
        List<String> used = new ArrayList<>();
        List<String> limited = new ArrayList<>();
        more.forEach((name, amount) -> {
            Quantity now = Quantity.of(quota.at("status", "used", name));
            Quantity hard = Quantity.of(quota.at("status", "hard", name));
            Quantity sum = now.plus(amount);
            charged.set(sum.toString(), "status", "used", name);
            if (sum.compareTo(hard) > 0) {
                requested.add(name + "=" + amount);
                used.add(name + "=" + now);
                limited.add(name + "=" + hard);
            }
        });
        if (!requested.isEmpty() && !request.subresource().equals("status")) {
            throw request.forbidden("exceeded quota: " + quota.name() + ", requested: " + String.join(",", requested)
                    + ", used: " + String.join(",", used) + ", limited: " + String.join(",", limited));
        }
        return charged;
    }
}
