package dev.kuar.practice.admission;

import dev.kuar.practice.cel.CelProgram;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.ClusterReader.ServedKind;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The objects that a binding hands to its policy as parameters, by name or by label. */
final class PolicyParams {
    private static final String BINDING = "failed to configure binding: ";

    private PolicyParams() {}

    /** A policy or a binding that cannot be put to work. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean ofBinding;

        Misfit(String message, boolean ofBinding) {
            super(message);
            this.ofBinding = ofBinding;
        }

        /** Whether it is the binding's fault, and not the policy's. */
        boolean isOfBinding() {
            return ofBinding;
        }
    }

    /**
     * One null for policies or bindings without parameters; nothing where none is found and the binding allows that.
     *
     * @throws Misfit where they cannot be looked for, or none is found and the binding denies that
     */
    static List<Object> of(KubeObject policy, KubeObject binding, AdmissionRequest request, ClusterReader reader)
            throws Misfit {
        KubeObject kind = KubeObject.of(policy.map("spec", "paramKind"));
        KubeObject reference = KubeObject.of(binding.map("spec", "paramRef"));
        if (kind.tree().isEmpty()) {
            return List.of(CelProgram.NULL);
        }
        String named = kind.text("apiVersion") + ", Kind=" + kind.text("kind");
        Optional<ServedKind> served = reader.served(kind.text("apiVersion"), kind.text("kind"));
        if (served.isEmpty()) {
            throw new Misfit(
                    "failed to configure policy: failed to find resource referenced by paramKind: '"
                            + (kind.text("apiVersion").contains("/") ? "" : "/") + named + "'",
                    false);
        }
        if (reference.tree().isEmpty()) {
            return List.of(CelProgram.NULL);
        }
        List<Object> found = found(served.get(), reference, request, reader);
        if (found.isEmpty() && reference.text("parameterNotFoundAction").equals("Deny")) {
            throw binding("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }

    private static List<Object> found(
            ServedKind kind, KubeObject reference, AdmissionRequest request, ClusterReader reader) throws Misfit {
        String given = reference.text("namespace");
        if (!kind.namespaced() && !given.isEmpty()) {
            throw binding("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        String namespace = !kind.namespaced() ? "" : given.isEmpty() ? request.namespace() : given;
        if (kind.namespaced() && namespace.isEmpty()) {
            throw binding("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        GroupResource resource = kind.resource();
        String name = reference.text("name");
        if (!name.isEmpty()) {
            return reader.find(resource, namespace, name).stream()
                    .<Object>map(KubeObject::tree)
                    .toList();
        }
        LabelSelector selector = LabelSelector.ofObject(reference.map("selector"));
        return reader.list(resource, namespace).stream()
                .filter(each -> selector.matches(each.labels()))
                .sorted(Comparator.comparing(KubeObject::name))
                .<Object>map(KubeObject::tree)
                .toList();
    }

    private static Misfit binding(String why) {
        return new Misfit(BINDING + why, true);
    }
}
