package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives containers the default resources of a namespace's LimitRanges, then holds pods and claims to their bounds. */
final class LimitRanger implements Admission {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource RANGES = GroupResource.core("limitranges");
    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private final ClusterReader reader;

    LimitRanger(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!isPod(request)) {
            return;
        }
        for (KubeObject range : reader.list(RANGES, request.namespace())) {
            Map<String, Object> limits = new LinkedHashMap<>();
            Map<String, Object> requests = new LinkedHashMap<>();
            for (KubeObject item : items(range, "Container")) {
                limits.putAll(item.map("default"));
                requests.putAll(item.map("defaultRequest"));
            }
            fill(request.now(), requests, limits);
        }
    }

    /** A new pod, or one that is resized. */
    private static boolean isPod(AdmissionRequest request) {
        return request.resource().equals(PODS)
                && (request.isCreate() && request.subresource().isEmpty()
                        || request.isUpdate() && request.subresource().equals("resize"));
    }

    private static void fill(KubeObject pod, Map<String, Object> requests, Map<String, Object> limits) {
        List<String> notes = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> container : pod.maps("spec", list)) {
                String kind = list.equals("containers") ? "container " : "init container ";
                note(notes, fill(container, "requests", requests), "request", kind + container.get("name"));
                note(notes, fill(container, "limits", limits), "limit", kind + container.get("name"));
            }
        }
        if (!notes.isEmpty()) {
            pod.set("LimitRanger plugin set: " + String.join("; ", notes), "metadata", "annotations", ANNOTATION);
        }
    }

    private static void note(List<String> notes, List<String> set, String side, String where) {
        if (!set.isEmpty()) {
            notes.add(String.join(", ", set) + " " + side + " for " + where);
        }
    }

    private static List<String> fill(Map<String, Object> container, String side, Map<String, Object> defaults) {
        KubeObject view = KubeObject.of(container);
        List<String> set = new ArrayList<>();
        new TreeMap<>(defaults).forEach((name, amount) -> {
            if (view.at("resources", side, name) == null) {
                view.set(amount, "resources", side, name);
                set.add(name);
            }
        });
        return set;
    }

    @Override
    public void validate(AdmissionRequest request) {
        boolean claim = request.isFor("", "persistentvolumeclaims") && !request.isDelete();
        if (!isPod(request) && !claim || request.isUpdate() && request.before().isTerminating()) {
            return;
        }
        for (KubeObject range : reader.list(RANGES, request.namespace())) {
            Set<String> faults = new LinkedHashSet<>();
            if (claim) {
                Map<String, Quantity> storage =
                        PodResources.of(Map.of("resources", request.now().map("spec", "resources")), "requests");
                items(range, "PersistentVolumeClaim")
                        .forEach(item -> check(item, "PersistentVolumeClaim", storage, storage, faults));
            } else {
                pod(range, request.now(), faults);
            }
            if (!faults.isEmpty()) {
                String all = String.join(", ", faults);
                throw request.forbidden(faults.size() == 1 ? all : "[" + all + "]");
            }
        }
    }

    private static void pod(KubeObject range, KubeObject pod, Set<String> faults) {
        for (Map<String, Object> tree : range.maps("spec", "limits")) {
            KubeObject item = KubeObject.of(tree);
            if (item.text("type").equals("Container")) {
                Stream.concat(pod.maps("spec", "containers").stream(), pod.maps("spec", "initContainers").stream())
                        .forEach(container -> check(
                                item,
                                "Container",
                                PodResources.of(container, "requests"),
                                PodResources.of(container, "limits"),
                                faults));
            } else if (item.text("type").equals("Pod")) {
                check(item, "Pod", PodResources.sum(pod, "requests"), PodResources.sum(pod, "limits"), faults);
            }
        }
    }

    private static void check(
            KubeObject item,
            String type,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            Set<String> faults) {
        new TreeMap<>(item.map("min")).forEach((name, bound) -> {
            Quantity least = Quantity.of(bound);
            String fault = "minimum " + name + " usage per " + type + " is " + least;
            Quantity request = requests.get(name);
            Quantity limit = limits.get(name);
            if (request == null) {
                faults.add(fault + ".  No request is specified");
            } else if (request.compareTo(least) < 0) {
                faults.add(fault + ", but request is " + request);
            } else if (limit != null && limit.compareTo(least) < 0) {
                faults.add(fault + ", but limit is " + limit);
            }
        });
        new TreeMap<>(item.map("max")).forEach((name, bound) -> {
            Quantity most = Quantity.of(bound);
            String fault = "maximum " + name + " usage per " + type + " is " + most;
            Quantity request = requests.get(name);
            Quantity limit = limits.get(name);
            if (limit == null) {
                faults.add(fault + ".  No " + (type.startsWith("Persistent") ? "request" : "limit") + " is specified");
            } else if (limit.compareTo(most) > 0) {
                faults.add(fault + ", but " + (type.startsWith("Persistent") ? "request" : "limit") + " is " + limit);
            } else if (request != null && request.compareTo(most) > 0) {
                faults.add(fault + ", but request is " + request);
            }
        });
        new TreeMap<>(item.map("maxLimitRequestRatio")).forEach((name, bound) -> {
            Quantity request = requests.get(name);
            Quantity limit = limits.get(name);
            String fault = name + " max limit to request ratio per " + type + " is " + bound + ", but ";
            if (request == null || request.isZero()) {
                faults.add(fault + "no request is specified or request is 0");
                return;
            }
            if (limit == null || limit.isZero()) {
                faults.add(fault + "no limit is specified or limit is 0");
                return;
            }
            Quantity ratio = new Quantity(limit.value().divide(request.value(), 6, RoundingMode.HALF_UP), false);
            if (ratio.compareTo(Quantity.of(bound)) > 0) {
                faults.add(fault + "provided ratio is " + ratio.value().toPlainString());
            }
        });
    }

    private static List<KubeObject> items(KubeObject range, String type) {
        return range.maps("spec", "limits").stream()
                .map(KubeObject::of)
                .filter(item -> item.text("type").equals(type))
                .toList();
    }
}
