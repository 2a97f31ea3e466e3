package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pod's RuntimeClass adds: overhead, node selector, tolerations; a class must be there. */
final class RuntimeClasses implements Admission {
    private static final GroupResource CLASSES = GroupResource.of("node.k8s.io", "runtimeclasses");

    private final ClusterReader reader;

    RuntimeClasses(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods") || !request.isCreate()) {
            return;
        }
        Optional<KubeObject> found = find(request);
        if (found.isPresent()) {
            overhead(request, found.get());
            scheduling(request, found.get());
        }
    }

    private Optional<KubeObject> find(AdmissionRequest request) {
        String name = request.now().text("spec", "runtimeClassName");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<KubeObject> found = reader.find(CLASSES, "", name);
        if (found.isEmpty()) {
            throw request.forbidden("pod rejected: RuntimeClass \"" + name + "\" not found");
        }
        return found;
    }

    private static void overhead(AdmissionRequest request, KubeObject runtime) {
        Map<String, Object> fixed = runtime.map("overhead", "podFixed");
        Map<String, Object> given = request.now().map("spec", "overhead");
        if (fixed.isEmpty()) {
            return;
        }
        if (!given.isEmpty() && !given.equals(fixed)) {
            throw request.forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        request.now().set(new LinkedHashMap<>(fixed), "spec", "overhead");
    }

    private static void scheduling(AdmissionRequest request, KubeObject runtime) {
        KubeObject pod = request.now();
        Map<String, String> selector = new LinkedHashMap<>(pod.textMap("spec", "nodeSelector"));
        runtime.textMap("scheduling", "nodeSelector").forEach((key, value) -> {
            String own = selector.putIfAbsent(key, value);
            if (own != null && !own.equals(value)) {
                throw request.forbidden("conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " + value
                        + "; pod.spec.nodeSelector[" + key + "] = " + own);
            }
        });
        if (!selector.isEmpty()) {
            pod.set(new LinkedHashMap<>(selector), "spec", "nodeSelector");
        }
        List<Object> tolerations = new ArrayList<>(pod.maps("spec", "tolerations"));
        runtime.maps("scheduling", "tolerations").stream()
                .filter(each -> !tolerations.contains(each))
                .forEach(each -> tolerations.add(KubeObject.copyOf(each)));
        if (!tolerations.isEmpty()) {
            pod.set(tolerations, "spec", "tolerations");
        }
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("", "pods") || !request.isCreate()) {
            return;
        }
        Map<String, Object> given = request.now().map("spec", "overhead");
        Map<String, Object> fixed =
                find(request).map(each -> each.map("overhead", "podFixed")).orElse(Map.of());
        if (!given.isEmpty() && fixed.isEmpty()) {
            throw request.forbidden(
                    "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
        if (!given.equals(fixed)) {
            throw request.forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
    }
}
