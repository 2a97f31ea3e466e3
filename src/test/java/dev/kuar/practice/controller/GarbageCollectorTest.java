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
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
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
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
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

    private KubeObject map(String namespace, String name) {
        return bench.client.create(Kinds.CONFIG_MAPS, namespace, KubeObject.create("v1", "ConfigMap", namespace, name));
    }

    private void own(KubeObject object, boolean blocks, KubeObject... owners) {
        KubeObject changed =
                bench.get(Kinds.CONFIG_MAPS, object.namespace(), object.name()).copy();
        List<Object> references = Trees.list();
        for (KubeObject owner : owners) {
            references.add(Trees.map(
                    "apiVersion",
                    "v1",
                    "kind",
                    "ConfigMap",
                    "name",
                    owner.name(),
                    "uid",
                    owner.uid(),
                    "blockOwnerDeletion",
                    blocks));
        }
        changed.set(references, "metadata", "ownerReferences");
        bench.client.update(Kinds.CONFIG_MAPS, changed);
        bench.settle();
    }

    private List<String> maps() {
        return bench.all(Kinds.CONFIG_MAPS).stream().map(KubeObject::name).toList();
    }

    @Test
    void an_owner_in_another_namespace_is_none_and_is_said_to_be_none() {
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
        KubeObject owner = map("other", "owner");
        KubeObject child = map("default", "child");
        own(child, false, owner);
        assertThat(maps()).containsExactly("owner");
        assertThat(bench.events())
                .containsExactly(
                        "OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: default, name: owner, uid: "
                                + owner.uid() + "] does not exist in namespace \"default\"");
    }

    @Test
    void an_owner_of_another_name_is_none() {
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
        KubeObject owner = map("default", "owner");
        KubeObject child = map("default", "child");
        own(child, false, KubeObject.of(Trees.map("metadata", Trees.map("name", "wrong", "uid", owner.uid()))));
        assertThat(maps()).containsExactly("owner");
    }

    @Test
    void a_circle_that_is_deleted_in_the_foreground_comes_to_its_end() {
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
        KubeObject a = map("default", "a");
        KubeObject b = map("default", "b");
        own(a, true, b);
        own(b, true, a);
        bench.client.delete(Kinds.CONFIG_MAPS, "default", "a", new DeleteOptions("Foreground", -1, Map.of()));
        bench.settle();
        assertThat(maps()).isEmpty();
    }

    @Test
    void an_owner_goes_once_what_held_it_lets_it_go() {
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
        KubeObject owner = map("default", "owner");
        KubeObject child = map("default", "child");
        own(child, true, owner);
        KubeObject held = bench.get(Kinds.CONFIG_MAPS, "default", "child").copy();
        held.set(Trees.list("example.com/hold"), "metadata", "finalizers");
        bench.client.update(Kinds.CONFIG_MAPS, held);
        bench.client.delete(Kinds.CONFIG_MAPS, "default", "owner", new DeleteOptions("Foreground", -1, Map.of()));
        bench.settle();
        assertThat(maps()).containsExactly("child", "owner");
        own(child, false, owner);
        assertThat(maps()).containsExactly("child");
    }

    @Test
    void of_several_owners_only_those_that_go_are_forgotten() {
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
        KubeObject one = map("default", "one");
        KubeObject two = map("default", "two");
        KubeObject child = map("default", "child");
        own(child, true, one, two);
        bench.client.delete(Kinds.CONFIG_MAPS, "default", "one", new DeleteOptions("Foreground", -1, Map.of()));
        bench.settle();
        assertThat(maps()).containsExactly("child", "two");
        assertThat(bench.get(Kinds.CONFIG_MAPS, "default", "child").ownerReferences())
                .singleElement()
                .satisfies(reference -> assertThat(reference).containsEntry("name", "two"));
    }
}
