package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** APIServices of the groups of custom resources. */
final class CustomGroupsTest {
    private static final GroupResource API_SERVICES = GroupResource.of("apiregistration.k8s.io", "apiservices");

    private final Bench bench = new Bench();

    private KubeObject define(String plural, Object... versions) {
        KubeObject definition =
                KubeObject.create("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", plural + ".a.io");
        definition.set("a.io", "spec", "group");
        definition.set(new ArrayList<>(List.of(versions)), "spec", "versions");
        return bench.client.create(Kinds.CUSTOM_KINDS, "", definition);
    }

    private static Object version(String name, boolean served) {
        return Trees.map("name", name, "served", served);
    }

    private List<String> names() {
        return bench.all(API_SERVICES).stream().map(KubeObject::name).sorted().toList();
    }

    @Test
    void each_version_that_is_served_has_one_as_long_as_anybody_serves_it() {
        CustomGroups.start(bench.context);
        ApiServiceController.start(bench.context, AggregatedApis.NONE);
        define("one", version("v1", true), version("v2", false));
        define("two", version("v1", true));
        bench.settle();
        assertThat(names()).containsExactly("v1.a.io");
        KubeObject service = bench.get(API_SERVICES, "", "v1.a.io");
        assertThat(service.labels()).containsEntry("kube-aggregator.kubernetes.io/automanaged", "true");
        assertThat(service.map("spec"))
                .isEqualTo(Trees.map(
                        "group", "a.io", "groupPriorityMinimum", 1000L, "version", "v1", "versionPriority", 100L));
        assertThat(Trees.condition(service, "Available"))
                .containsEntry("reason", "Local")
                .containsEntry("message", "Local APIServices are always available");

        bench.client.delete(Kinds.CUSTOM_KINDS, "", "one.a.io", DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(names()).containsExactly("v1.a.io");
        bench.client.delete(Kinds.CUSTOM_KINDS, "", "two.a.io", DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(names()).isEmpty();
    }

    @Test
    void what_somebody_else_has_put_there_is_left_alone() {
        KubeObject own = KubeObject.create("apiregistration.k8s.io/v1", "APIService", "", "v1.a.io");
        own.set(5L, "spec", "versionPriority");
        bench.client.create(API_SERVICES, "", own);
        CustomGroups.start(bench.context);
        KubeObject definition = define("one", version("v1", true));
        bench.settle();
        assertThat(bench.get(API_SERVICES, "", "v1.a.io").number(0, "spec", "versionPriority"))
                .isEqualTo(5);
        bench.client.delete(Kinds.CUSTOM_KINDS, "", definition.name(), DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(names()).containsExactly("v1.a.io");
    }

    @Test
    void who_changes_one_that_is_managed_has_it_changed_back() {
        CustomGroups.start(bench.context);
        define("one", version("v1", true));
        bench.settle();
        KubeObject changed = bench.get(API_SERVICES, "", "v1.a.io").copy();
        changed.set(5L, "spec", "versionPriority");
        bench.client.update(API_SERVICES, changed);
        bench.settle();
        assertThat(bench.get(API_SERVICES, "", "v1.a.io").number(0, "spec", "versionPriority"))
                .isEqualTo(100);
    }
}
