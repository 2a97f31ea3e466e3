package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GarbageCollectorTest {
    private static final GroupResource TUNES = new GroupResource("example.com", "tunes");
    private static final DeleteOptions BACKGROUND = new DeleteOptions("Background", -1, Map.of());

    private final Bench bench = new Bench();

    private void define() {
        KubeObject definition =
                KubeObject.create("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "tunes.example.com");
        definition.set("example.com", "spec", "group");
        definition.set("tunes", "spec", "names", "plural");
        definition.set(Trees.list(Trees.map("type", "Established", "status", "True")), "status", "conditions");
        bench.client.create(Kinds.CUSTOM_KINDS, "", definition);
        bench.settle();
    }

    private KubeObject owned(String name, KubeObject owner) {
        KubeObject object = KubeObject.create("v1", "ConfigMap", "default", name);
        object.set(
                List.of(Trees.map(
                        "apiVersion",
                        owner.tree().get("apiVersion"),
                        "kind",
                        owner.tree().get("kind"),
                        "name",
                        owner.name(),
                        "uid",
                        owner.uid())),
                "metadata",
                "ownerReferences");
        KubeObject made = bench.client.create(Kinds.CONFIG_MAPS, "default", object);
        bench.settle();
        return made;
    }

    private KubeObject tune(String name) {
        return bench.client.create(TUNES, "default", KubeObject.create("example.com/v1", "Tune", "default", name));
    }

    @Test
    void what_a_custom_resource_owns_goes_with_it_though_its_kind_is_served_late() {
        GarbageCollector.start(bench.context);
        bench.settle();
        define();
        bench.client.serve(TUNES, "example.com/v1", "Tune", true);
        bench.advance(Duration.ofSeconds(5));
        KubeObject tune = tune("t");
        owned("c", tune);

        bench.client.delete(TUNES, "default", "t", BACKGROUND);
        bench.settle();

        assertThat(bench.all(Kinds.CONFIG_MAPS)).isEmpty();
    }

    @Test
    void what_lost_its_owner_before_the_kind_was_served_goes_once_it_is() {
        GarbageCollector.start(bench.context);
        define();
        KubeObject tune = tune("t");
        owned("c", tune);
        bench.client.delete(TUNES, "default", "t", BACKGROUND);
        bench.settle();
        assertThat(bench.all(Kinds.CONFIG_MAPS)).hasSize(1);

        bench.client.serve(TUNES, "example.com/v1", "Tune", true);
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.all(Kinds.CONFIG_MAPS)).isEmpty();
    }
}
