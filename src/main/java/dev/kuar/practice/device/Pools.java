package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the pools that a node can use, in the order in which they are asked. */
final class Pools {
    private Pools() {}

    private record Id(String driver, String name) {
        static Id of(KubeObject slice) {
            return new Id(slice.text("spec", "driver"), slice.text("spec", "pool", "name"));
        }
    }

    static List<Pool> of(KubeObject node, Collection<KubeObject> slices) {
        Map<Id, List<KubeObject>> found = new LinkedHashMap<>();
        for (KubeObject slice : slices) {
            if (isFor(node, slice)) {
                newest(found.computeIfAbsent(Id.of(slice), unused -> new ArrayList<>()), slice);
            }
        }
        List<Pool> pools = new ArrayList<>();
        found.forEach((id, onNode) -> {
            long generation = generation(onNode.get(0));
            List<KubeObject> all = slices.stream()
                    .filter(slice -> Id.of(slice).equals(id) && generation(slice) >= generation)
                    .toList();
            long wanted = onNode.get(0).number(0, "spec", "pool", "resourceSliceCount");
            if (onNode.size() == wanted) {
                pools.add(new Pool(id.driver(), id.name(), onNode, onNode));
            } else if (all.stream().noneMatch(slice -> generation(slice) > generation)) {
                pools.add(
                        all.size() == wanted
                                ? new Pool(id.driver(), id.name(), onNode, all)
                                : Pool.incomplete(id.driver(), id.name()));
            }
        });
        pools.sort(Comparator.comparing(Pool::needsPreparation).thenComparing(Pool::id));
        return pools;
    }

    /** Keeps the slices of the newest generation. */
    private static void newest(List<KubeObject> slices, KubeObject slice) {
        if (!slices.isEmpty() && generation(slice) != generation(slices.get(0))) {
            if (generation(slice) < generation(slices.get(0))) {
                return;
            }
            slices.clear();
        }
        slices.add(slice);
    }

    private static long generation(KubeObject slice) {
        return slice.number(0, "spec", "pool", "generation");
    }

    private static boolean isFor(KubeObject node, KubeObject slice) {
        if (!slice.maps("spec", "sharedCounters").isEmpty()) {
            return true;
        }
        return Device.isOn(node, KubeObject.of(slice.map("spec")))
                || (slice.flag("spec", "perDeviceNodeSelection")
                        && slice.maps("spec", "devices").stream()
                                .anyMatch(device -> Device.isOn(node, KubeObject.of(device))));
    }
}
