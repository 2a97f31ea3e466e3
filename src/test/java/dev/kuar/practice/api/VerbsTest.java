package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.CONFIG_MAPS;
import static dev.kuar.practice.api.TestServer.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.api.ApiClient.ListOptions;
import dev.kuar.practice.api.ApiClient.PatchType;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.SystemClusterClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerbsTest {
    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void creates_with_system_metadata_and_managed_fields() {
        KubeObject made = client.create(CONFIG_MAPS, "default", configMap("a"));
        assertThat(made.uid()).isNotEmpty();
        assertThat(made.resourceVersion()).isNotEmpty();
        assertThat(made.text("metadata", "creationTimestamp")).isEqualTo("2026-11-22T19:20:58Z");
        assertThat(made.maps("metadata", "managedFields").get(0)).containsEntry("manager", "test");
        assertThat(client.get(CONFIG_MAPS, "default", "a")).isEqualTo(made);
    }

    @Test
    void an_object_stands_in_the_order_that_is_printed() {
        KubeObject mixed = KubeObject.create("v1", "ConfigMap", "", "");
        mixed.set(null, "metadata");
        mixed.set("b", "data", "a");
        mixed.set("m", "metadata", "labels", "l");
        mixed.set("a", "metadata", "name");
        client.create(CONFIG_MAPS, "default", mixed);
        KubeObject made = client.get(CONFIG_MAPS, "default", "a");
        assertThat(made.tree().keySet()).endsWith("metadata", "data");
        assertThat(made.map("metadata").keySet())
                .containsExactly(
                        "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "labels", "managedFields");
    }

    @Test
    void refuses_a_name_that_is_taken() {
        client.create(CONFIG_MAPS, "default", configMap("a"));
        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessage("configmaps \"a\" already exists");
    }

    /** A pod's last deletion is seen by watchers before it is done, and a kubelet may do it meanwhile. */
    @Test
    void who_deletes_may_find_that_a_watcher_was_faster() throws Exception {
        GroupResource pods = GroupResource.core("pods");
        try (AutoCloseable watching = client.informer(pods).onChange((old, now) -> {
            if (now != null && now.isTerminating()) {
                try {
                    client.delete(pods, "default", now.name(), new DeleteOptions("", 0, Map.of("uid", now.uid())));
                } catch (ApiException gone) {
                    assertThat(gone.isNotFound() || gone.code() == 409).isTrue();
                }
            }
        })) {
            for (int i = 0; i < 300; i++) {
                client.create(pods, "default", pod("p" + i));
                client.delete(pods, "default", "p" + i, DeleteOptions.NOW);
            }
        }
        assertThat(client.list(pods, "default", ListOptions.ALL).items()).isEmpty();
    }

    private static KubeObject pod(String name) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set(List.of(Map.of("name", "c", "image", "busybox:1.36")), "spec", "containers");
        return pod;
    }

    @Test
    void pages_show_one_revision() {
        for (int i = 0; i < 5; i++) {
            client.create(CONFIG_MAPS, "default", configMap("c" + i));
        }
        Answer.Many first = list(Map.of("limit", List.of("3")));
        client.delete(CONFIG_MAPS, "default", "c4", DeleteOptions.DEFAULT);
        Answer.Many second = list(Map.of("limit", List.of("3"), "continue", List.of(first.continueToken())));
        assertThat(names(first)).containsExactly("c0", "c1", "c2");
        assertThat(first.remainingItemCount()).isEqualTo(2);
        assertThat(names(second)).containsExactly("c3", "c4");
        assertThat(second.continueToken()).isEmpty();
        assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
    }

    @Test
    void a_page_whose_revision_is_gone_may_be_gone_on_with_though_not_consistently() {
        for (int i = 0; i < 5; i++) {
            client.create(CONFIG_MAPS, "default", configMap("c" + i));
        }
        Answer.Many first = list(Map.of("limit", List.of("2")));
        client.delete(CONFIG_MAPS, "default", "c3", DeleteOptions.DEFAULT);
        cluster.compact();

        ApiException refused = catchThrowableOfType(
                ApiException.class,
                () -> list(Map.of("limit", List.of("2"), "continue", List.of(first.continueToken()))));

        assertThat(refused.code()).isEqualTo(410);
        assertThat(refused.status().reason()).isEqualTo("Expired");
        String token = KubeObject.of(refused.status().tree()).text("metadata", "continue");
        assertThat(names(list(Map.of("limit", List.of("9"), "continue", List.of(token)))))
                .containsExactly("c2", "c4");
    }

    @Test
    void items_of_a_list_leave_kind_and_version_out() throws IOException {
        client.create(CONFIG_MAPS, "default", configMap("a"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        list(Map.of()).writeJson(out, false);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"")
                .contains("\"items\":[{\"metadata\":{\"name\":\"a\"");
    }

    @Test
    void concurrent_patches_are_all_applied() {
        client.create(CONFIG_MAPS, "default", configMap("a"));
        List<CompletableFuture<?>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String key = "k" + i;
            writers.add(CompletableFuture.runAsync(() ->
                    client.patch(CONFIG_MAPS, "default", "a", "", PatchType.MERGE, Map.of("data", Map.of(key, "v")))));
        }
        writers.forEach(CompletableFuture::join);
        assertThat(client.get(CONFIG_MAPS, "default", "a").textMap("data")).hasSize(9);
    }

    @Test
    void an_update_that_changes_nothing_keeps_the_version() {
        KubeObject made = client.create(CONFIG_MAPS, "default", configMap("a"));
        assertThat(client.update(CONFIG_MAPS, configMap("a")).resourceVersion()).isEqualTo(made.resourceVersion());
    }

    @Test
    void a_stale_update_conflicts() {
        KubeObject made = client.create(CONFIG_MAPS, "default", configMap("a"));
        KubeObject changed = made.copy();
        changed.set("2", "data", "k");
        client.update(CONFIG_MAPS, changed);
        changed.set("3", "data", "k");
        assertThatThrownBy(() -> client.update(CONFIG_MAPS, changed))
                .hasMessage(
                        "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply"
                                + " your changes to the latest version and try again");
    }

    @Test
    void finalizers_hold_an_object_until_they_are_cleared() {
        KubeObject map = configMap("a");
        map.set(new ArrayList<>(List.of("example.com/x")), "metadata", "finalizers");
        client.create(CONFIG_MAPS, "default", map);
        KubeObject held = client.delete(CONFIG_MAPS, "default", "a", DeleteOptions.DEFAULT);
        assertThat(held.isTerminating()).isTrue();
        KubeObject cleared = held.copy();
        cleared.set(null, "metadata", "finalizers");
        client.update(CONFIG_MAPS, cleared);
        assertThat(client.find(CONFIG_MAPS, "default", "a")).isEmpty();
    }

    @Test
    void informers_see_a_write_before_the_writer_goes_on() {
        Informer informer = client.informer(CONFIG_MAPS);
        client.create(CONFIG_MAPS, "default", configMap("a"));
        assertThat(informer.find("default", "a")).isPresent();
        client.delete(CONFIG_MAPS, "default", "a", DeleteOptions.DEFAULT);
        assertThat(informer.find("default", "a")).isEmpty();
    }

    @Test
    void a_watch_by_label_sees_objects_come_and_leave() throws InterruptedException {
        client.create(CONFIG_MAPS, "default", configMap("a"));
        String version = client.list(CONFIG_MAPS, "default", ListOptions.ALL).resourceVersion();
        try (WatchStream watch = cluster.server()
                .watch(cluster.request(Verb.WATCH, CONFIG_MAPS, "default", "")
                        .with(RequestOptions.parse(
                                Map.of("labelSelector", List.of("x"), "resourceVersion", List.of(version)))))) {
            label("1");
            label("2");
            label(null);
            assertThat(watch.take().orElseThrow().type()).isEqualTo(WatchEvent.Type.ADDED);
            assertThat(watch.take().orElseThrow().type()).isEqualTo(WatchEvent.Type.MODIFIED);
            WatchEvent left = watch.take().orElseThrow();
            assertThat(left.type()).isEqualTo(WatchEvent.Type.DELETED);
            assertThat(left.object().object().labels()).containsEntry("x", "2");
            assertThat(left.object().object().resourceVersion())
                    .isEqualTo(client.get(CONFIG_MAPS, "default", "a").resourceVersion());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void a_watch_from_what_there_is_marks_its_end_for_who_takes_bookmarks(String version) throws InterruptedException {
        client.create(CONFIG_MAPS, "default", configMap("a"));
        try (WatchStream watch = watch(Map.of(
                "resourceVersion", List.of(version),
                "allowWatchBookmarks", List.of("1"),
                "fieldSelector", List.of("metadata.name=a")))) {
            assertThat(watch.take().orElseThrow().type()).isEqualTo(WatchEvent.Type.ADDED);
            WatchEvent mark = watch.take().orElseThrow();
            assertThat(mark.type()).isEqualTo(WatchEvent.Type.BOOKMARK);
            assertThat(mark.object().object().annotations()).containsEntry("k8s.io/initial-events-end", "true");
        }
    }

    @Test
    void a_watch_that_begins_with_what_will_be_there_fails_when_it_does_not_come() throws InterruptedException {
        try (TestServer other = new TestServer(new SystemClusterClock(10, (what, failure) -> {}));
                WatchStream watch = other.server()
                        .watch(other.request(Verb.WATCH, CONFIG_MAPS, "default", "")
                                .with(RequestOptions.parse(Map.of(
                                        "resourceVersion", List.of("99999"),
                                        "sendInitialEvents", List.of("true"),
                                        "resourceVersionMatch", List.of("NotOlderThan")))))) {
            WatchEvent failed = watch.take().orElseThrow();
            assertThat(failed.type()).isEqualTo(WatchEvent.Type.ERROR);
            assertThat(failed.object().object().text("message"))
                    .startsWith("Timeout: Too large resource version: 99999, current: ");
            assertThat(watch.take()).isEmpty();
        }
    }

    private WatchStream watch(Map<String, List<String>> query) {
        return cluster.server()
                .watch(cluster.request(Verb.WATCH, CONFIG_MAPS, "default", "").with(RequestOptions.parse(query)));
    }

    @Test
    void a_watch_and_an_informer_see_each_of_several_changes_at_one_revision() throws InterruptedException {
        for (String name : List.of("a", "b", "c")) {
            client.create(CONFIG_MAPS, "default", configMap(name));
        }
        Informer informer = client.informer(CONFIG_MAPS);
        String version = client.list(CONFIG_MAPS, "default", ListOptions.ALL).resourceVersion();
        try (WatchStream watch = cluster.server()
                .watch(cluster.request(Verb.WATCH, CONFIG_MAPS, "default", "")
                        .with(RequestOptions.parse(Map.of("resourceVersion", List.of(version)))))) {
            cluster.removeAtOnce("/registry/configmaps/default/a", "/registry/configmaps/default/b");
            for (String name : List.of("a", "b")) {
                WatchEvent gone = watch.take().orElseThrow();
                assertThat(gone.type()).isEqualTo(WatchEvent.Type.DELETED);
                assertThat(gone.object().object().name()).isEqualTo(name);
                assertThat(gone.object().object().resourceVersion())
                        .isEqualTo(Long.toString(Long.parseLong(version) + 1));
            }
        }
        assertThat(informer.inNamespace("default"))
                .extracting(KubeObject::name)
                .doesNotContain("a", "b")
                .contains("c");
    }

    @Test
    void a_watcher_that_never_reads_is_ended() {
        WatchStream watch = cluster.server().watch(cluster.request(Verb.WATCH, CONFIG_MAPS, "default", ""));
        client.create(CONFIG_MAPS, "default", configMap("a"));
        for (int i = 0; i < 1100; i++) {
            label("v" + i);
        }
        int read = 0;
        while (watch.poll().isPresent()) {
            read++;
        }
        assertThat(read).isLessThan(1100);
        assertThat(watch.isOver()).isTrue();
    }

    private void label(@Nullable String value) {
        Map<String, @Nullable Object> labels = new HashMap<>();
        labels.put("x", value);
        client.patch(CONFIG_MAPS, "default", "a", "", PatchType.MERGE, Map.of("metadata", Map.of("labels", labels)));
    }

    private Answer.Many list(Map<String, List<String>> query) {
        return (Answer.Many) cluster.server()
                .handle(cluster.request(Verb.LIST, CONFIG_MAPS, "default", "").with(RequestOptions.parse(query)));
    }

    private static List<String> names(Answer.Many many) {
        return many.items().stream().map(item -> item.object().name()).toList();
    }
}
