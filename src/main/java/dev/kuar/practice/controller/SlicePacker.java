package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the endpoints of one set of ports over slices so that as few slices change as can be: what is somewhere stays
 * there, changed slices are filled up first, then one that has room for all that is left, then new ones. Models the packing of
 * the EndpointSlice controllers of Kubernetes 1.36.
 */
final class SlicePacker {
    private final int full;
    private final boolean keepsHints;
    private final List<KubeObject> create = new ArrayList<>();
    private final List<KubeObject> update = new ArrayList<>();
    private final List<KubeObject> delete = new ArrayList<>();

    /** @param full how many endpoints a slice may have */
    SlicePacker(int full) {
        this(full, false);
    }

    /** @param keepsHints whether endpoints that stay keep their hints until somebody looks at those */
    SlicePacker(int full, boolean keepsHints) {
        this.full = full;
        this.keepsHints = keepsHints;
    }

    /** What is to be made; a name is still missing. */
    List<KubeObject> created() {
        return create;
    }

    List<KubeObject> updated() {
        return update;
    }

    List<KubeObject> deleted() {
        return delete;
    }

    void delete(KubeObject slice) {
        delete.add(slice);
    }

    void create(KubeObject slice) {
        create.add(slice);
    }

    /**
     * @param existing the slices with these ports
     * @param endpoints all that are wanted
     * @param fresh makes a slice without endpoints
     * @param dress gives a slice the labels and annotations it has to have
     */
    void pack(
            List<KubeObject> existing,
            List<Map<String, Object>> endpoints,
            Supplier<KubeObject> fresh,
            UnaryOperator<KubeObject> dress) {
        Map<Object, Map<String, Object>> open = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> open.put(identity(endpoint), endpoint));
        List<KubeObject> changed = new ArrayList<>();
        List<KubeObject> unchanged = new ArrayList<>();
        for (KubeObject slice : existing) {
            List<Object> kept = new ArrayList<>();
            for (Map<String, Object> endpoint : slice.maps("endpoints")) {
                Map<String, Object> wanted = open.remove(identity(endpoint));
                if (wanted != null) {
                    if (keepsHints && endpoint.get("hints") != null) {
                        wanted.put("hints", KubeObject.copyOrNull(endpoint.get("hints")));
                    }
                    kept.add(wanted);
                }
            }
            KubeObject dressed = dress.apply(slice.copy());
            boolean same = kept.equals(slice.maps("endpoints"));
            if (!same && kept.isEmpty()) {
                delete.add(slice);
            } else if (!same || !dressed.equals(slice)) {
                dressed.set(kept, "endpoints");
                changed.add(dressed);
            } else {
                unchanged.add(slice);
            }
        }
        changed.sort(Comparator.comparingInt(
                (KubeObject slice) -> -slice.maps("endpoints").size()));
        changed.forEach(slice -> fill(slice, open));
        while (!open.isEmpty()) {
            KubeObject room = room(unchanged, open.size());
            KubeObject slice = room == null ? fresh.get() : room.copy();
            unchanged.remove(room);
            fill(slice, open);
            (room == null ? create : changed).add(slice);
        }
        update.addAll(changed);
    }

    /** The slice that is fullest once all are in; null when none has room. */
    private @Nullable KubeObject room(List<KubeObject> slices, int more) {
        return slices.stream()
                .filter(slice -> more < full
                        && slice.maps("endpoints").size() + more <= full
                        && !slice.maps("endpoints").isEmpty())
                .max(Comparator.comparingInt(slice -> slice.maps("endpoints").size()))
                .orElse(null);
    }

    private void fill(KubeObject slice, Map<Object, Map<String, Object>> open) {
        List<Object> all = new ArrayList<>(slice.maps("endpoints"));
        List<Object> taken = new ArrayList<>();
        for (Map.Entry<Object, Map<String, Object>> each : open.entrySet()) {
            if (all.size() >= full) {
                break;
            }
            all.add(each.getValue());
            taken.add(each.getKey());
        }
        taken.forEach(open::remove);
        slice.set(all, "endpoints");
    }

    /** Slices that would go become those that would come, where that is allowed. */
    void reuse(Predicate<KubeObject> mayBe) {
        Set<KubeObject> used = new HashSet<>();
        for (KubeObject slice : delete) {
            if (create.isEmpty() || !mayBe.test(slice)) {
                continue;
            }
            KubeObject next = create.remove(create.size() - 1);
            KubeObject changed = slice.copy();
            changed.set(next.at("endpoints"), "endpoints");
            changed.set(next.at("ports"), "ports");
            changed.set(next.at("metadata", "labels"), "metadata", "labels");
            changed.set(next.at("metadata", "annotations"), "metadata", "annotations");
            update.add(changed);
            used.add(slice);
        }
        delete.removeAll(used);
    }

    private static Object identity(Map<String, Object> tree) {
        KubeObject endpoint = KubeObject.of(tree);
        return List.of(
                endpoint.texts("addresses"),
                endpoint.text("hostname"),
                endpoint.text("targetRef", "namespace"),
                endpoint.text("targetRef", "name"));
    }
}
