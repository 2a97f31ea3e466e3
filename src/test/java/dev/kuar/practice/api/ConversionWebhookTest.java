package dev.kuar.practice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Custom resources in several versions that a webhook converts: v1 has a {@code hostPort}, v2 a {@code host} and a {@code port}. */
final class ConversionWebhookTest {
    private static final GroupResource DEFINITIONS =
            GroupResource.of("apiextensions.k8s.io", "customresourcedefinitions");
    private static final GroupResource CRONS = GroupResource.of("stable.io", "crons");
    private static final String START = "conversion webhook for stable.io/v1, Kind=Cron ";
    private static ConversionHook hook;

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @BeforeAll
    static void listen() throws Exception {
        hook = new ConversionHook();
    }

    @AfterAll
    static void end() {
        hook.close();
    }

    @BeforeEach
    void define() {
        hook.convertAsEver();
        client.create(DEFINITIONS, "", definition(hook.url(), "v1"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void an_object_is_served_in_each_version_and_kept_in_one() {
        KubeObject made = create("v2", "'host':'a','port':'80'");
        assertThat(made.text("host")).isEqualTo("a");

        assertThat(get("v1").text("hostPort")).isEqualTo("a:80");
        assertThat(get("v1").apiVersion()).isEqualTo("stable.io/v1");
        assertThat(get("v2").text("port")).isEqualTo("80");
        assertThat(get("v2").tree()).doesNotContainKey("hostPort");
        assertThat(hook.asked().get(0).maps("request", "objects")).hasSize(1);
        assertThat(hook.asked().get(0).text("request", "desiredAPIVersion")).isEqualTo("stable.io/v1");
        assertThat(hook.asked().get(0).apiVersion()).isEqualTo("apiextensions.k8s.io/v1");
    }

    @Test
    void lists_are_of_one_version_whatever_the_stored_ones_are() {
        create("v1", "'hostPort':'a:80'");
        storeAs("v2");
        client.create(
                CRONS,
                "default",
                TestServer.json("{\"apiVersion\":\"stable.io/v2\",\"kind\":\"Cron\",\"metadata\":{\"name\":\"d\"},"
                        + "\"host\":\"b\",\"port\":\"81\"}"));

        assertThat(list("v1")).containsExactly("a:80", "b:81");
        assertThat(list("v2")).containsExactly("a", "b");
        assertThat(client.get(DEFINITIONS, "", "crons.stable.io").texts("status", "storedVersions"))
                .containsExactly("v1", "v2");
    }

    @Test
    void an_update_that_changes_nothing_moves_an_object_to_the_storage_version() {
        create("v1", "'hostPort':'a:80'");
        storeAs("v2");
        KubeObject old = get("v2");

        KubeObject now = put("v2", old);
        assertThat(now.resourceVersion()).isNotEqualTo(old.resourceVersion());
        assertThat(put("v2", now).resourceVersion()).isEqualTo(now.resourceVersion());
        hook.fail();
        assertThat(get("v2").text("host")).isEqualTo("a");
    }

    @Test
    void watches_show_what_was_converted() {
        create("v1", "'hostPort':'a:80'");
        try (WatchStream watch =
                cluster.server().watch(request(Verb.WATCH, "v2", "").with(watching()))) {
            assertThat(next(watch)).isEqualTo("ADDED a");
            put("v1", object("v1", "'hostPort':'b:81'"), get("v1").resourceVersion());
            assertThat(next(watch)).isEqualTo("MODIFIED b");
            client.delete(CRONS, "default", "c", DeleteOptions.DEFAULT);
            assertThat(next(watch)).isEqualTo("DELETED b");
        }
    }

    @Test
    void a_watch_that_cannot_be_converted_ends() {
        create("v1", "'hostPort':'a:80'");
        hook.fail();
        try (WatchStream watch =
                cluster.server().watch(request(Verb.WATCH, "v2", "").with(watching()))) {
            TestServer.eventually(() -> assertThat(watch.isOver()).isTrue());
            assertThat(watch.poll()).isEmpty();
        }
    }

    @Test
    void a_webhook_that_cannot_be_asked_fails_reads_and_writes_alike() {
        create("v1", "'hostPort':'a:80'");
        client.update(
                DEFINITIONS,
                change(each ->
                        each.set("https://127.0.0.1:1/x", "spec", "conversion", "webhook", "clientConfig", "url")));
        String refused = " failed: Post \"https://127.0.0.1:1/x?timeout=30s\": dial tcp 127.0.0.1:1: connect:"
                + " connection refused";

        assertThatThrownBy(() -> get("v2")).hasMessage(START.strip() + refused);
        assertThatThrownBy(() -> list("v2")).hasMessage(START.strip() + refused);
        assertThatThrownBy(() -> create("v2", "'host':'a'"))
                .hasMessage("conversion webhook for stable.io/v2, Kind=Cron" + refused)
                .isInstanceOfSatisfying(ApiException.class, failed -> {
                    assertThat(failed.status().code()).isEqualTo(500);
                    assertThat(failed.status().reason()).isEmpty();
                });
        assertThat(get("v1").text("hostPort")).isEqualTo("a:80");
    }

    @Test
    void answers_that_are_none_are_refused_in_the_words_of_upstream() {
        create("v1", "'hostPort':'a:80'");

        hook.answer(review -> review.set("x", "response", "uid"));
        assertThatThrownBy(() -> get("v2"))
                .hasMessageMatching(START + "failed: expected response.uid=\".*\", got \"x\"");
        hook.answer(review -> {
            review.set("Failure", "response", "result", "status");
            review.set("not today", "response", "result", "message");
        });
        assertThatThrownBy(() -> get("v2")).hasMessage(START + "failed: not today");
        hook.answer(review -> review.set("", "response", "result", "status"));
        assertThatThrownBy(() -> get("v2")).hasMessage(START + "failed: response.result.status was '', not 'Success'");
        hook.answer(review -> review.set(List.of(), "response", "convertedObjects"));
        assertThatThrownBy(() -> get("v2")).hasMessage(START + "returned 0 objects, expected 1");
        hook.answer(review -> review.set("apiextensions.k8s.io/v1beta1", "apiVersion"));
        assertThatThrownBy(() -> get("v2"))
                .hasMessage(START + "failed: expected webhook response of apiextensions.k8s.io/v1,"
                        + " Kind=ConversionReview, got /, Kind=");
        hook.object(converted -> converted.set("stable.io/v3", "apiVersion"));
        assertThatThrownBy(() -> get("v2"))
                .hasMessage(START + "returned invalid object at index 0: invalid groupVersion (expected stable.io/v2,"
                        + " received stable.io/v3)");
        hook.object(converted -> converted.set("d", "metadata", "name"));
        assertThatThrownBy(() -> get("v2"))
                .hasMessage(START + "returned invalid object: must have the same name: c != d");
        hook.object(converted -> converted.tree().remove("metadata"));
        assertThatThrownBy(() -> get("v2"))
                .hasMessage(START + "returned invalid object: must have the same name: c != ");
        hook.object(converted -> converted.set("no label", "metadata", "labels", "a"));
        assertThatThrownBy(() -> get("v2"))
                .hasMessageStartingWith(
                        START + "returned invalid metadata: metadata.labels: Invalid value: \"no label\": ");
    }

    @Test
    void of_metadata_a_webhook_changes_labels_and_annotations_alone() {
        create("v1", "'hostPort':'a:80'");
        hook.object(converted -> {
            converted.set("x", "metadata", "labels", "by");
            converted.set(7L, "metadata", "generation");
        });
        assertThat(get("v2").labels()).containsEntry("by", "x");
        assertThat(get("v2").generation()).isEqualTo(1);
        assertThat(get("v1").labels()).isEmpty();
    }

    @Test
    void managers_of_fields_are_asked_in_the_version_that_they_wrote() {
        apply("v1", "one", "'hostPort':'a:80'", false);
        assertThatThrownBy(() -> apply("v2", "two", "'host':'b','port':'80'", false))
                .hasMessage("Apply failed with 1 conflict: conflict with \"one\": .hostPort");

        KubeObject taken = apply("v2", "two", "'host':'b','port':'80'", true);
        assertThat(taken.maps("metadata", "managedFields"))
                .extracting(each -> each.get("manager") + " " + each.get("apiVersion"))
                .containsExactly("two stable.io/v2");
        assertThat(apply("v1", "two", "'spare':'x'", true).tree())
                .doesNotContainKey("hostPort")
                .containsEntry("spare", "x");
    }

    @Test
    void a_definition_goes_without_asking_the_webhook() {
        create("v1", "'hostPort':'a:80'");
        hook.fail();
        client.delete(DEFINITIONS, "", "crons.stable.io", DeleteOptions.DEFAULT);
        TestServer.eventually(() ->
                assertThat(client.find(DEFINITIONS, "", "crons.stable.io")).isEmpty());
    }

    @Test
    void a_version_that_was_stored_stays_until_it_is_said_to_be_gone() {
        storeAs("v2");
        assertThatThrownBy(() -> client.update(DEFINITIONS, change(each -> each.maps("spec", "versions")
                        .remove(0))))
                .hasMessageContaining("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions; v1"
                        + " was previously a storage version, and must remain in spec.versions until a storage migration"
                        + " ensures no data remains persisted in v1 and removes v1 from status.storedVersions");
    }

    @Test
    void where_the_webhook_listens_must_make_sense() {
        KubeObject definition = definition("'url':'http://a/b'", "v1");
        definition.set("others.stable.io", "metadata", "name");
        definition.set("others", "spec", "names", "plural");
        definition.set("Other", "spec", "names", "kind");
        assertThatThrownBy(() -> client.create(DEFINITIONS, "", definition))
                .hasMessageContaining("spec.conversion.webhookClientConfig.url: Invalid value: \"http\": 'https' is the"
                        + " only allowed URL scheme; desired format: https://host[/path]");
    }

    private interface Change {
        void of(KubeObject object);
    }

    private KubeObject change(Change change) {
        KubeObject definition = client.get(DEFINITIONS, "", "crons.stable.io").copy();
        change.of(definition);
        return definition;
    }

    private void storeAs(String version) {
        client.update(DEFINITIONS, change(each -> each.maps("spec", "versions")
                .forEach(own -> own.put("storage", version.equals(own.get("name"))))));
    }

    private static KubeObject definition(String target, String stored) {
        String version = "{'name':'%s','served':true,'storage':%s,'schema':{'openAPIV3Schema':{'type':'object',"
                + "'properties':{'spare':{'type':'string'},%s}}}}";
        return json("{'metadata':{'name':'crons.stable.io'},'spec':{'group':'stable.io','scope':'Namespaced',"
                + "'names':{'plural':'crons','kind':'Cron'},'conversion':{'strategy':'Webhook','webhook':{"
                + "'conversionReviewVersions':['v1','v1beta1'],'clientConfig':{" + target + "}}},'versions':["
                + String.format(version, "v1", stored.equals("v1"), "'hostPort':{'type':'string'}") + ","
                + String.format(version, "v2", stored.equals("v2"), "'host':{'type':'string'},'port':{'type':'string'}")
                + "]}}");
    }

    private KubeObject create(String version, String fields) {
        return one(request(Verb.CREATE, version, "")
                .with(Body.tree(object(version, fields).tree())));
    }

    private static KubeObject object(String version, String fields) {
        return json("{'apiVersion':'stable.io/" + version + "','kind':'Cron','metadata':{'name':'c'}," + fields + "}");
    }

    private KubeObject get(String version) {
        return one(request(Verb.GET, version, "c"));
    }

    private void put(String version, KubeObject object, String resourceVersion) {
        object.set(resourceVersion, "metadata", "resourceVersion");
        put(version, object);
    }

    private KubeObject put(String version, KubeObject object) {
        return one(
                request(Verb.UPDATE, version, "c").with(Body.tree(object.copy().tree())));
    }

    private KubeObject apply(String version, String manager, String fields, boolean force) {
        return one(request(Verb.PATCH, version, "c")
                .with(ApiClient.PatchType.APPLY)
                .with(RequestOptions.parse(
                        Map.of("fieldManager", List.of(manager), "force", List.of(String.valueOf(force)))))
                .with(Body.tree(object(version, fields).tree())));
    }

    private List<String> list(String version) {
        Answer.Many many = (Answer.Many) cluster.server().handle(request(Verb.LIST, version, ""));
        return many.items().stream()
                .map(Served::object)
                .map(each -> each.text(version.equals("v1") ? "hostPort" : "host"))
                .toList();
    }

    private KubeObject one(ApiRequest request) {
        return ((Answer.One) cluster.server().handle(request)).object().object();
    }

    private static ApiRequest request(Verb verb, String version, String name) {
        return ApiRequest.of(TestServer.ADMIN, "test", verb, CRONS, version, "default", name, "");
    }

    private static RequestOptions watching() {
        return RequestOptions.parse(Map.of("watch", List.of("1")));
    }

    private static String next(WatchStream watch) {
        List<WatchEvent> events = new ArrayList<>();
        TestServer.eventually(() -> {
            watch.poll().ifPresent(events::add);
            assertThat(events).isNotEmpty();
        });
        return events.get(0).type() + " " + events.get(0).object().object().text("host");
    }

    private static KubeObject json(String json) {
        return TestServer.json(json.replace('\'', '"'));
    }
}
