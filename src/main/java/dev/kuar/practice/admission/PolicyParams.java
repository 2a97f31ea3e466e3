package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The objects that a binding hands to its policy as parameters, by name or by label. */
final class PolicyParams {
    static final String ABSENT =
            "failed to configure binding: no params found for policy binding with `Deny`" + " parameterNotFoundAction";

    private PolicyParams() {}

    /** One empty map for policies without parameters; an empty optional where none is found and the binding denies that. */
    static Optional<List<Map<String, Object>>> of(
            KubeObject policy, KubeObject binding, AdmissionRequest request, ClusterReader reader) {
        KubeObject kind = KubeObject.of(policy.map("spec", "paramKind"));
        KubeObject reference = KubeObject.of(binding.map("spec", "paramRef"));
        if (kind.tree().isEmpty() || reference.tree().isEmpty()) {
            return Optional.of(List.of(Map.of()));
        }
        String version = kind.text("apiVersion");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        GroupResource resource = GroupResource.of(group, kind.text("kind").toLowerCase(Locale.ROOT) + "s");
        String given = reference.text("namespace");
        String namespace = given.isEmpty() ? request.namespace() : given;
        List<Map<String, Object>> found = new ArrayList<>();
        String name = reference.text("name");
        if (!name.isEmpty()) {
            reader.find(resource, namespace, name)
                    .or(() -> reader.find(resource, "", name))
                    .ifPresent(each -> found.add(each.tree()));
        } else {
            LabelSelector selector = LabelSelector.ofObject(reference.map("selector"));
            reader.list(resource, namespace).stream()
                    .filter(each -> selector.matches(each.labels()))
                    .sorted(Comparator.comparing(KubeObject::name))
                    .forEach(each -> found.add(each.tree()));
        }
        boolean denied =
                found.isEmpty() && !reference.text("parameterNotFoundAction").equals("Allow");
        return denied ? Optional.empty() : Optional.of(found);
    }
}
