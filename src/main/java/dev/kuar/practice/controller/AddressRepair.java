package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Looks every three minutes whether each cluster IP has its IPAddress, and each IPAddress its Service. Models the repair loop of the
 * kube-apiserver 1.36, as which it speaks.
 */
final class AddressRepair {
    private static final String NAME = "ipallocator-repair-controller";
    private static final String MANAGER = "ipallocator.k8s.io";
    private static final String MANAGED = "ipaddress.kubernetes.io/managed-by";
    private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
    private static final Duration INTERVAL = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;

    private AddressRepair(ControllerContext context) {
        this.context = context;
        this.client = context.client().as(UserInfo.of("system:apiserver", "system:masters"), "kube-apiserver");
        this.events = context.events(NAME);
    }

    static void start(ControllerContext context) {
        AddressRepair repair = new AddressRepair(context);
        context.watch(Kinds.SERVICES, context.loop(NAME + " services", repair::service));
        context.watch(Kinds.IP_ADDRESSES, context.loop(NAME + " addresses", repair::address));
    }

    private Next service(Key key) {
        KubeObject service =
                client.find(Kinds.SERVICES, key.namespace(), key.name()).orElse(null);
        if (service == null) {
            return Next.ON_CHANGE;
        }
        for (String ip : service.texts("spec", "clusterIPs")) {
            if (ip.equals("None") || client.find(Kinds.IP_ADDRESSES, "", ip).isPresent()) {
                continue;
            }
            // The Service may have gone, or given the address back, since it was looked at.
            boolean uses = client.find(Kinds.SERVICES, key.namespace(), key.name())
                    .filter(now -> now.texts("spec", "clusterIPs").contains(ip))
                    .isPresent();
            if (uses) {
                events.warning(
                        service,
                        "ClusterIPNotAllocated",
                        "Cluster IP [" + family(ip) + "]: " + ip + " is not allocated; repairing");
                create(service, ip);
            }
        }
        return Next.after(INTERVAL);
    }

    private static String family(String ip) {
        return ip.indexOf(':') < 0 ? "IPv4" : "IPv6";
    }

    private void create(KubeObject service, String ip) {
        KubeObject address = KubeObject.create("networking.k8s.io/v1", "IPAddress", "", ip);
        address.set(Trees.map(FAMILY, family(ip), MANAGED, MANAGER), "metadata", "labels");
        Map<String, Object> parent =
                Trees.map("name", service.name(), "namespace", service.namespace(), "resource", "services");
        address.set(parent, "spec", "parentRef");
        try {
            client.create(Kinds.IP_ADDRESSES, "", address);
        } catch (ApiException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    private Next address(Key key) {
        KubeObject address = client.find(Kinds.IP_ADDRESSES, "", key.name()).orElse(null);
        if (address == null || !MANAGER.equals(address.labels().get(MANAGED))) {
            return Next.ON_CHANGE;
        }
        String name = address.text("spec", "parentRef", "name");
        String namespace = address.text("spec", "parentRef", "namespace");
        Instant since = PodState.created(address);
        Duration age = Duration.between(since, context.instant());
        KubeObject service = client.find(Kinds.SERVICES, namespace, name).orElse(null);
        String owner = "IPAddress: " + address.name() + " for Service " + namespace + "/" + name;
        if (service == null) {
            if (age.compareTo(GRACE) <= 0) {
                return Next.after(GRACE.minus(age).plusSeconds(1));
            }
            return remove(address, "IPAddressNotAllocated", owner + " appears to have leaked: cleaning up");
        }
        if (service.texts("spec", "clusterIPs").contains(address.name())) {
            return Next.after(INTERVAL);
        }
        if (service.text("spec", "type").equals("ExternalName") && age.compareTo(GRACE) < 0) {
            return Next.after(GRACE.minus(age));
        }
        if (since.isAfter(PodState.created(service)) && age.compareTo(FRESH) < 0) {
            return Next.after(FRESH);
        }
        return remove(address, "IPAddressWrongReference", owner + " has a wrong reference; cleaning up");
    }

    private Next remove(KubeObject address, String reason, String why) {
        events.warning(address, reason, why);
        try {
            client.delete(Kinds.IP_ADDRESSES, "", address.name(), ApiClient.DeleteOptions.ofUid(address.uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
        return Next.ON_CHANGE;
    }
}
