package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Namespaces: active from the start, held by the finalizer that only their finalize subresource may remove. */
final class NamespaceStrategy implements Strategy {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void prepareCreate(Write write) {
        KubeObject namespace = write.object();
        List<Object> finalizers = new ArrayList<>(namespace.texts("spec", "finalizers"));
        if (!finalizers.contains("kubernetes")) {
            finalizers.add("kubernetes");
        }
        namespace.set(finalizers, "spec", "finalizers");
        namespace.set("Active", "status", "phase");
        label(namespace);
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject old = Objects.requireNonNull(write.old());
        if (!write.subresource().equals("finalize") && old.at("spec") != null) {
            write.object().set(KubeObject.copyOrNull(old.at("spec")), "spec");
        }
        label(write.object());
    }

    private static void label(KubeObject namespace) {
        namespace.set(namespace.name(), "metadata", "labels", NAME_LABEL);
    }
}
