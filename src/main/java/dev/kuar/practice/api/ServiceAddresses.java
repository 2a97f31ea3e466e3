package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives Services their cluster IPs, out of the cluster's own range and out of those that people add as ServiceCIDRs; each
 * is held by an IPAddress object of its name.
 */
final class ServiceAddresses {
    private final Parts parts;
    private final CidrRange own;

    ServiceAddresses(Parts parts, CidrRange own) {
        this.parts = parts;
        this.own = own;
    }

    /**
     * Takes what a Service asks for by name, or any that is free, and writes it into the Service.
     *
     * @param taken where what was taken is noted
     */
    void give(KubeObject service, List<String> taken, boolean dryRun) {
        List<String> wanted = service.texts("spec", "clusterIPs");
        if (ServiceFields.isElsewhere(service) || wanted.contains("None")) {
            return;
        }
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < service.texts("spec", "ipFamilies").size(); i++) {
            String address = i < wanted.size() && !wanted.get(i).isEmpty()
                    ? wished(service, wanted.get(i), dryRun)
                    : any(service, dryRun);
            given.add(address);
            if (!dryRun) {
                taken.add(address);
            }
        }
        service.set(given, "spec", "clusterIPs");
        service.set(given.get(0), "spec", "clusterIP");
    }

    private String wished(KubeObject service, String address, boolean dryRun) {
        if (ranges().stream().noneMatch(range -> range.contains(address))) {
            throw refused(service, address, "the provided network does not match the current range");
        }
        if (!dryRun && !take(service, address)) {
            throw refused(service, address, "provided IP is already allocated");
        }
        return address;
    }

    private static RuntimeException refused(KubeObject service, String address, String why) {
        return Statuses.invalid(
                "",
                "Service",
                service.name(),
                List.of(ServiceFamilyFields.wrong(
                        "clusterIPs",
                        ServiceFamilyFields.shown(service.texts("spec", "clusterIPs")),
                        "failed to allocate IP " + address + ": " + why)));
    }

    private String any(KubeObject service, boolean dryRun) {
        for (CidrRange range : ranges()) {
            if (dryRun) {
                return range.at(0);
            }
            long reserved = range.reserved();
            String address = free(service, range, 1 + reserved, range.size() - 2);
            address = address == null ? free(service, range, 1, reserved) : address;
            if (address != null) {
                return address;
            }
        }
        throw Statuses.internalError(
                "failed to allocate a serviceIP for Service \"" + service.name() + "\": range is full");
    }

    /** One of a part of a range, from a place by lot on; both ends belong to it. */
    private @Nullable String free(KubeObject service, CidrRange range, long from, long to) {
        long count = to - from + 1;
        long start = count > 0 ? ThreadLocalRandom.current().nextLong(count) : 0;
        for (long i = 0; i < count; i++) {
            String address = range.at(from + (start + i) % count);
            if (!isHeld(address) && take(service, address)) {
                return address;
            }
        }
        return null;
    }

    /** The ranges that are ready and stay, in an order by lot. */
    private List<CidrRange> ranges() {
        List<CidrRange> ranges = new ArrayList<>(List.of(own));
        Kind kind = parts.catalog().find("networking.k8s.io", "servicecidrs").orElseThrow();
        for (Stored stored : parts.storage().feed(kind).all()) {
            boolean ready = stored.object().maps("status", "conditions").stream()
                    .anyMatch(each -> "Ready".equals(each.get("type")) && "True".equals(each.get("status")));
            if (ready && !stored.object().isTerminating()) {
                stored.object().texts("spec", "cidrs").stream()
                        .filter(cidr -> !cidr.contains(":"))
                        .map(CidrRange::parse)
                        .filter(range -> !ranges.contains(range))
                        .forEach(ranges::add);
            }
        }
        Collections.shuffle(ranges, ThreadLocalRandom.current());
        return ranges;
    }

    private boolean isHeld(String address) {
        Kind kind = addresses();
        return parts.storage().get(kind, Storage.key(kind, "", address)) != null;
    }

    private boolean take(KubeObject service, String address) {
        Kind kind = addresses();
        KubeObject object = KubeObject.create("networking.k8s.io/v1", "IPAddress", "", address);
        object.set(UUID.randomUUID().toString(), "metadata", "uid");
        object.set(parts.now().truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "creationTimestamp");
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("ipaddress.kubernetes.io/ip-family", "IPv4");
        labels.put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        object.set(labels, "metadata", "labels");
        object.set("services", "spec", "parentRef", "resource");
        object.set(service.namespace(), "spec", "parentRef", "namespace");
        object.set(service.name(), "spec", "parentRef", "name");
        return parts.storage().put(kind, Storage.key(kind, "", address), 0, object) != null;
    }

    private Kind addresses() {
        return parts.catalog().find("networking.k8s.io", "ipaddresses").orElseThrow();
    }

    /** Gives back those of the addresses that the Service holds. */
    void free(KubeObject service, List<String> addresses) {
        Kind kind = addresses();
        for (String address : addresses) {
            String key = Storage.key(kind, "", address);
            Stored held = address.equals("None") ? null : parts.storage().get(kind, key);
            if (held != null
                    && held.object().text("spec", "parentRef", "name").equals(service.name())
                    && held.object().text("spec", "parentRef", "namespace").equals(service.namespace())) {
                parts.storage().delete(kind, key, held);
            }
        }
    }
}
