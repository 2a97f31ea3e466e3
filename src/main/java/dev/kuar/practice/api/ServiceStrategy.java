package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Services: a cluster IP each, held as an IPAddress object that only one Service can have, and node ports where the type
 * asks for them.
 */
final class ServiceStrategy implements Strategy {
    private static final int TRIES = 1000;
    private static final int FIRST_PORT = 30000;
    private static final int PORTS = 2768;

    private final Parts parts;
    private final CidrRange range;

    ServiceStrategy(Parts parts, CidrRange range) {
        this.parts = parts;
        this.range = range;
    }

    @Override
    public void prepareCreate(Write write) {
        KubeObject service = write.object();
        if (!service.text("spec", "type").equals("ExternalName")) {
            if (service.texts("spec", "ipFamilies").isEmpty()) {
                List<Object> families = new ArrayList<>();
                families.add("IPv4");
                service.set(families, "spec", "ipFamilies");
            }
            if (service.text("spec", "ipFamilyPolicy").isEmpty()) {
                service.set("SingleStack", "spec", "ipFamilyPolicy");
            }
        }
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject old = Objects.requireNonNull(write.old());
        for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (write.object().at("spec", field) == null
                    && !write.object().text("spec", "type").equals("ExternalName")) {
                write.object().set(KubeObject.copyOrNull(old.at("spec", field)), "spec", field);
            }
        }
        followAddress(write.object(), old);
    }

    /** Who changes {@code clusterIP} alone means the first of {@code clusterIPs} too. */
    private static void followAddress(KubeObject service, KubeObject old) {
        String address = service.text("spec", "clusterIP");
        List<String> all = service.texts("spec", "clusterIPs");
        if (!all.isEmpty()
                && !address.isEmpty()
                && !address.equals(old.text("spec", "clusterIP"))
                && all.equals(old.texts("spec", "clusterIPs"))) {
            List<Object> following = new ArrayList<>(all);
            following.set(0, address);
            service.set(following, "spec", "clusterIPs");
        }
    }

    @Override
    public void allocate(Write write) {
        KubeObject service = write.object();
        if (service.text("spec", "type").equals("ExternalName")) {
            return;
        }
        String kept = write.old() == null ? "" : write.old().text("spec", "clusterIP");
        String wanted = service.text("spec", "clusterIP");
        if (kept.isEmpty() || (wanted.isEmpty() && write.old() != null)) {
            String address = kept.isEmpty() ? address(write, wanted) : kept;
            List<Object> all = new ArrayList<>();
            all.add(address);
            service.set(address, "spec", "clusterIP");
            service.set(all, "spec", "clusterIPs");
        }
        allocatePorts(service);
    }

    private String address(Write write, String wanted) {
        if (wanted.equals("None")) {
            return wanted;
        }
        if (write.dryRun()) {
            return wanted.isEmpty() ? range.at(0) : wanted;
        }
        KubeObject service = write.object();
        if (!wanted.isEmpty()) {
            if (!range.contains(wanted)) {
                throw refused(write, wanted, "the provided network does not match the current range");
            }
            if (!take(service, wanted)) {
                throw refused(write, wanted, "provided IP is already allocated");
            }
            return wanted;
        }
        for (int i = 0; i < TRIES; i++) {
            String candidate = range.random();
            if (take(service, candidate)) {
                return candidate;
            }
        }
        throw Statuses.internalError("failed to allocate a serviceIP: range is full");
    }

    private static RuntimeException refused(Write write, String address, String why) {
        return Statuses.invalid(
                "",
                "Service",
                write.object().name(),
                List.of(Statuses.cause(
                        "FieldValueInvalid",
                        "Invalid value: [\"" + address + "\"]: failed to allocate IP " + address + ": " + why,
                        "spec.clusterIPs")));
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

    private void allocatePorts(KubeObject service) {
        String type = service.text("spec", "type");
        boolean balanced = type.equals("LoadBalancer")
                && !Boolean.FALSE.equals(service.at("spec", "allocateLoadBalancerNodePorts"));
        if (!type.equals("NodePort") && !balanced) {
            return;
        }
        Set<Long> taken = new HashSet<>();
        Kind kind = parts.catalog().find("", "services").orElseThrow();
        for (Stored other : parts.storage().feed(kind).all()) {
            if (!other.object().uid().equals(service.uid())) {
                other.object()
                        .maps("spec", "ports")
                        .forEach(port -> taken.add(KubeObject.of(port).number(0, "nodePort")));
            }
        }
        int index = -1;
        for (Map<String, Object> port : service.maps("spec", "ports")) {
            index++;
            long wanted = KubeObject.of(port).number(0, "nodePort");
            if (wanted != 0 && (wanted < FIRST_PORT || wanted >= FIRST_PORT + PORTS)) {
                throw portRefused(
                        service,
                        index,
                        wanted,
                        "provided port is not in the valid range. The range of valid ports is 30000-32767");
            }
            while (wanted == 0 || (taken.contains(wanted) && !port.containsKey("nodePort"))) {
                wanted = (long) FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
                wanted = taken.contains(wanted) ? 0 : wanted;
            }
            if (port.containsKey("nodePort") && taken.contains(wanted)) {
                throw portRefused(service, index, wanted, "provided port is already allocated");
            }
            taken.add(wanted);
            port.put("nodePort", wanted);
        }
    }

    private static RuntimeException portRefused(KubeObject service, int index, long port, String why) {
        return Statuses.invalid(
                "",
                "Service",
                service.name(),
                List.of(Statuses.cause(
                        "FieldValueInvalid",
                        "Invalid value: " + port + ": " + why,
                        "spec.ports[" + index + "].nodePort")));
    }

    @Override
    public void release(KubeObject service) {
        Kind kind = addresses();
        for (String address : service.texts("spec", "clusterIPs")) {
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
