package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.etcd.Proto;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.pki.ClusterPki;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of etcd writes beside the API server, which reads what is an object and bears what is none. */
final class EtcdOfClusterTest {
    private static final GroupResource MAPS = GroupResource.core("configmaps");
    private static final String KEY = "/registry/configmaps/default/";
    private static final RunSettings SETTINGS =
            new RunSettings(ClusterPki::throwawayPair).withEtcdPort(OptionalInt.of(0));

    private static PracticeCluster cluster;
    private static ApiClient client;
    private static GrpcWire wire;

    @BeforeAll
    static void start() throws Exception {
        cluster = PracticeCluster.start(spec("kubeadm"), SETTINGS);
        client = cluster.client("test");
        EtcdAccess access = cluster.etcd().orElseThrow();
        wire = new GrpcWire(
                ServedEtcd.tls(access.certificatePem(), access.keyPem()),
                Integer.parseInt(access.endpoint().replaceFirst(".*:", "")));
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
    }

    @AfterAll
    static void end() throws Exception {
        wire.close();
        cluster.close();
    }

    private static ClusterSpec spec(String profile) {
        return new ClusterSpec(
                "my-cluster", profile, 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty());
    }

    private static byte[] value(String key) throws Exception {
        byte[] answer =
                wire.answer("/etcdserverpb.KV/Range", new Proto().text(1, key).toBytes());
        return ProtoTree.of(answer)
                .all(2)
                .get(0)
                .fields()
                .getField(5)
                .getLengthDelimitedList()
                .get(0)
                .toByteArray();
    }

    /** The revision of the write. */
    private static long put(String key, byte[] value) throws Exception {
        byte[] answer = wire.answer(
                "/etcdserverpb.KV/Put", new Proto().text(1, key).bytes(2, value).toBytes());
        return ProtoTree.of(answer).all(1).get(0).number(3);
    }

    private static void delete(String key) throws Exception {
        wire.answer("/etcdserverpb.KV/DeleteRange", new Proto().text(1, key).toBytes());
    }

    private static KubeObject map(String name) {
        KubeObject map = KubeObject.create("v1", "ConfigMap", "default", name);
        map.set(Map.of("a", "1"), "data");
        return map;
    }

    private static List<String> listed() {
        return client.list(MAPS, "default", ApiClient.ListOptions.ALL).items().stream()
                .map(KubeObject::name)
                .toList();
    }

    private static List<String> followed() {
        return client.informer(MAPS).inNamespace("default").stream()
                .map(KubeObject::name)
                .toList();
    }

    @Test
    void a_value_that_is_put_back_is_the_object_at_a_new_revision() throws Exception {
        client.create(MAPS, "default", map("back"));
        byte[] stored = value(KEY + "back");
        assertThat(new String(stored, 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("k8s\0");

        long revision = put(KEY + "back", stored);

        KubeObject now = client.get(MAPS, "default", "back");
        assertThat(now.resourceVersion()).isEqualTo(Long.toString(revision));
        assertThat(now.text("data", "a")).isEqualTo("1");
        assertThat(client.informer(MAPS).find("default", "back").orElseThrow().resourceVersion())
                .isEqualTo(Long.toString(revision));
        assertThat(value(KEY + "back")).isEqualTo(stored);
    }

    @Test
    void an_object_in_json_is_one_too() throws Exception {
        put(
                KEY + "json",
                "{\"metadata\": {\"namespace\": \"default\", \"name\": \"json\"}, \"kind\": \"ConfigMap\", \"apiVersion\": \"v1\", \"data\": {\"b\": \"2\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(client.get(MAPS, "default", "json").text("data", "b")).isEqualTo("2");
        assertThat(listed()).contains("json");
        assertThat(followed()).contains("json");
        delete(KEY + "json");
        assertThat(listed()).doesNotContain("json");
        assertThat(followed()).doesNotContain("json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no object",
                "",
                "{\"kind\":\"ConfigMap\"",
                "k8s\0\1\2\3",
                "[1]",
                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"odd\",\"namespace\":\"default\"}}",
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"other\",\"namespace\":\"default\"}}",
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"odd\",\"namespace\":\"default\"},\"data\":7}"
            })
    void what_is_no_object_is_borne(String text) throws Exception {
        byte[] value = text.getBytes(StandardCharsets.ISO_8859_1);
        put(KEY + "odd", value);
        put(KEY + "aaa", value);

        if (!text.isEmpty()) {
            assertThat(value(KEY + "odd")).isEqualTo(value);
        }
        assertThatThrownBy(() -> client.get(MAPS, "default", "odd"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("unable to decode the value of /registry/configmaps/default/odd");
        assertThat(listed()).contains("kube-root-ca.crt").doesNotContain("odd");
        client.create(MAPS, "default", map("beside"));
        assertThat(followed()).contains("beside").doesNotContain("odd");
        assertThatThrownBy(() -> client.create(MAPS, "default", map("odd"))).isInstanceOf(ApiException.class);
        client.delete(MAPS, "default", "beside", ApiClient.DeleteOptions.NOW);
        delete(KEY + "odd");
        delete(KEY + "aaa");
        client.create(MAPS, "default", map("odd"));
        client.delete(MAPS, "default", "odd", ApiClient.DeleteOptions.NOW);
    }

    @Test
    void an_object_that_is_overwritten_with_noise_is_gone_and_comes_back() throws Exception {
        client.create(MAPS, "default", map("noise"));
        byte[] stored = value(KEY + "noise");
        put(KEY + "noise", new byte[] {1, 2, 3});
        assertThat(followed()).doesNotContain("noise");
        put(KEY + "noise", stored);
        assertThat(followed()).contains("noise");
        assertThat(listed()).contains("noise");
    }

    @Test
    void a_list_leaves_out_what_is_no_object() throws Exception {
        for (String each : List.of("p1", "p2", "p3")) {
            put("/registry/configmaps/kube-public/" + each, "p2".equals(each) ? new byte[] {9} : json(each));
        }
        var first = client.list(MAPS, "kube-public", ApiClient.ListOptions.ALL);
        assertThat(first.items().stream().map(KubeObject::name))
                .contains("p1", "p3")
                .doesNotContain("p2");
        List.of("p1", "p2", "p3").forEach(each -> erase("/registry/configmaps/kube-public/" + each));
    }

    private static void erase(String key) {
        try {
            delete(key);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] json(String name) {
        return ("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                        + "\",\"namespace\":\"kube-public\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_member_is_the_one_of_the_pod() throws Exception {
        KubeObject pod =
                client.list(GroupResource.core("pods"), "kube-system", ApiClient.ListOptions.ALL).items().stream()
                        .filter(each -> each.name().startsWith("etcd-"))
                        .findFirst()
                        .orElseThrow();
        List<String> command = pod.maps("spec", "containers").get(0).get("command") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        ProtoTree members = ProtoTree.of(wire.answer("/etcdserverpb.Cluster/MemberList", new byte[0]));
        ProtoTree member = members.all(2).get(0);
        assertThat(member.number(1)).isEqualTo(Member.self(command, "").id());
        assertThat("etcd-" + member.text(2)).isEqualTo(pod.name());
        assertThat(member.text(4)).isEqualTo(cluster.etcd().orElseThrow().endpoint());
    }

    @ParameterizedTest
    @CsvSource({"gke", "aks", "eks"})
    void a_profile_that_hides_its_etcd_does_not_serve_it(String profile) {
        ClusterSpec hidden = spec(profile);
        assertThatThrownBy(() -> PracticeCluster.start(hidden, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the profile " + profile + " hides its etcd");
    }
}
