package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The claim that stands for a pod's extended resources where classes of devices provide them. */
final class ExtendedClaim {
    /** Of one that is not written yet. */
    static final String UNWRITTEN = "<extended-resources>";

    private static final String ANNOTATION = "resource.kubernetes.io/extended-resource-claim";

    private ExtendedClaim() {}

    /** One that was written for the pod before. */
    static boolean isOf(KubeObject claim, KubeObject pod) {
        return "true".equals(claim.annotations().get(ANNOTATION))
                && claim.ownerReferences().stream()
                        .anyMatch(owner -> pod.name().equals(owner.get("name"))
                                && pod.uid().equals(owner.get("uid"))
                                && Boolean.TRUE.equals(owner.get("controller")));
    }

    static boolean isUnwritten(KubeObject claim) {
        return claim.name().equals(UNWRITTEN);
    }

    static KubeObject unwritten(KubeObject pod) {
        KubeObject claim = KubeObject.create("resource.k8s.io/v1", "ResourceClaim", pod.namespace(), UNWRITTEN);
        claim.set(UUID.randomUUID().toString(), "metadata", "uid");
        claim.set(pod.name() + "-extended-resources-", "metadata", "generateName");
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", "v1");
        owner.put("kind", "Pod");
        owner.put("name", pod.name());
        owner.put("uid", pod.uid());
        owner.put("controller", true);
        claim.set(List.of(owner), "metadata", "ownerReferences");
        claim.set(Map.of(ANNOTATION, "true"), "metadata", "annotations");
        return claim;
    }

    /** Its request, and which container it is for. */
    private record Asked(String name, String type, long count) {
        Map<String, Object> tree() {
            Map<String, Object> exactly = new LinkedHashMap<>();
            exactly.put("deviceClassName", type);
            exactly.put("allocationMode", "ExactCount");
            exactly.put("count", count);
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", name);
            tree.put("exactly", exactly);
            return tree;
        }
    }

    /**
     * What a claim for the resources asks for, and which container uses which request for which resource.
     *
     * @param types resource to class
     */
    record Requests(List<Object> requests, List<Map<String, Object>> mappings) {
        static Requests of(KubeObject pod, Map<String, String> types) {
            List<KubeObject> containers = new ArrayList<>();
            pod.maps("spec", "initContainers").forEach(each -> containers.add(KubeObject.of(each)));
            int starting = containers.size();
            pod.maps("spec", "containers").forEach(each -> containers.add(KubeObject.of(each)));
            List<Asked> asked = new ArrayList<>();
            Requests all = new Requests(new ArrayList<>(), new ArrayList<>());
            new TreeMap<>(types).forEach((resource, type) -> all.add(containers, starting, resource, type, asked));
            asked.sort(Comparator.comparing(Asked::name));
            asked.forEach(each -> all.requests.add(each.tree()));
            return all;
        }

        /** Containers that end before others start use again what those have later. */
        private void add(List<KubeObject> containers, int starting, String resource, String type, List<Asked> asked) {
            Map<Integer, Asked> lasting = new HashMap<>();
            List<Map<String, Object>> later = new ArrayList<>();
            for (int i = 0; i < containers.size(); i++) {
                if (i >= starting || isSidecar(containers.get(i))) {
                    Asked mine = asked(containers.get(i), i, resource, type, List.of(), mappings);
                    if (mine != null) {
                        lasting.put(i, mine);
                    }
                }
            }
            Asked most = null;
            List<String> names = new ArrayList<>();
            for (int i = 0; i < starting; i++) {
                if (isSidecar(containers.get(i))) {
                    continue;
                }
                List<Asked> reusable = new ArrayList<>();
                for (int j = i; j < containers.size(); j++) {
                    if (lasting.containsKey(j)) {
                        reusable.add(lasting.get(j));
                    }
                }
                Asked mine = asked(containers.get(i), i, resource, type, reusable, later);
                if (mine != null) {
                    names.add(mine.name());
                    most = most == null || most.count() < mine.count() ? mine : most;
                }
            }
            if (most != null) {
                String name = most.name();
                later.stream()
                        .filter(mapping -> names.contains(String.valueOf(mapping.get("requestName"))))
                        .forEach(mapping -> mapping.put("requestName", name));
                asked.add(most);
            }
            asked.addAll(lasting.values());
            mappings.addAll(later);
        }

        private static boolean isSidecar(KubeObject container) {
            return container.text("restartPolicy").equals("Always");
        }

        /** What the container needs beside what it can use again; null for nothing. */
        private static @Nullable Asked asked(
                KubeObject container,
                int index,
                String resource,
                String type,
                List<Asked> reusable,
                List<Map<String, Object>> mappings) {
            Map<String, Object> requests = container.map("resources", "requests");
            long wanted = Quantity.of(requests.get(resource)).units();
            long have = 0;
            if (wanted == 0) {
                return null;
            }
            for (Asked each : reusable) {
                have += each.count();
                mappings.add(mapping(container, resource, each.name()));
                if (have >= wanted) {
                    return null;
                }
            }
            int place = new ArrayList<>(new TreeMap<>(requests).keySet()).indexOf(resource);
            Asked mine = new Asked("container-" + index + "-request-" + place, type, wanted - have);
            mappings.add(mapping(container, resource, mine.name()));
            return mine;
        }

        private static Map<String, Object> mapping(KubeObject container, String resource, String request) {
            Map<String, Object> mapping = new LinkedHashMap<>();
            mapping.put("containerName", container.text("name"));
            mapping.put("resourceName", resource);
            mapping.put("requestName", request);
            return mapping;
        }
    }
}
