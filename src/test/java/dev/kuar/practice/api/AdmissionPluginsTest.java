package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.CONFIG_MAPS;
import static dev.kuar.practice.api.TestServer.PODS;
import static dev.kuar.practice.api.TestServer.configMap;
import static dev.kuar.practice.api.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the plugins do that a default API server runs beside quotas and security. */
final class AdmissionPluginsTest {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final GroupResource NODES = GroupResource.core("nodes");

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_mutating_policy_applies_a_configuration() {
        mutate("\"patchType\":\"ApplyConfiguration\",\"applyConfiguration\":{\"expression\":"
                + "\"Object{metadata: Object.metadata{labels: Object.metadata.labels{team: variables.team}}}\"}");

        KubeObject made = client.create(CONFIG_MAPS, "default", configMap("a"));

        assertThat(made.labels()).containsEntry("team", "a-team");
    }

    @Test
    void a_mutating_policy_patches() {
        mutate("\"patchType\":\"JSONPatch\",\"jsonPatch\":{\"expression\":\"[JSONPatch{op: 'add', path: '/data/x',"
                + " value: string(size(object.data))}]\"}");

        KubeObject made = client.create(CONFIG_MAPS, "default", configMap("a"));

        assertThat(made.textMap("data")).containsEntry("x", "1").containsEntry("k", "1");
    }

    @Test
    void a_mutating_policy_that_fails_denies_with_its_name() {
        mutate("\"patchType\":\"JSONPatch\",\"jsonPatch\":{\"expression\":\"[JSONPatch{op: 'add', path: '/data/x',"
                + " value: object.data.absent}]\"}");

        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessageContaining("policy 'team' with binding 'team' denied request: ")
                .hasMessageContaining("no such key: absent");
    }

    @Test
    void a_kubelet_changes_its_own_node_alone() {
        client.create(NODES, "", json("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"other\"}}"));
        ApiClient kubelet =
                client.as(UserInfo.of("system:node:mine", "system:nodes", "system:authenticated"), "kubelet");

        assertThatThrownBy(() -> kubelet.patch(
                        NODES,
                        "",
                        "other",
                        "",
                        ApiClient.PatchType.MERGE,
                        Map.of("metadata", Map.of("labels", Map.of("a", "b")))))
                .hasMessage("nodes \"other\" is forbidden: node \"mine\" is not allowed to modify node \"other\"");
        assertThatThrownBy(() -> kubelet.create(PODS, "default", pod()))
                .hasMessageContaining("pod does not have \"kubernetes.io/config.mirror\" annotation, node \"mine\" can"
                        + " only create mirror pods");
    }

    @Test
    void a_kubelet_gives_itself_no_role() {
        ApiClient kubelet =
                client.as(UserInfo.of("system:node:mine", "system:nodes", "system:authenticated"), "kubelet");
        KubeObject node = json("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"mine\",\"labels\":{"
                + "\"node-role.kubernetes.io/control-plane\":\"\",\"kubernetes.io/os\":\"linux\",\"x\":\"y\"}}}");

        assertThatThrownBy(() -> kubelet.create(NODES, "", node))
                .hasMessage("nodes \"mine\" is forbidden: node \"mine\" is not allowed to set the following labels:"
                        + " node-role.kubernetes.io/control-plane");
    }

    @Test
    void a_new_node_takes_no_pods_yet() {
        KubeObject node = client.create(
                NODES, "", json("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"new\"}}"));

        assertThat(node.maps("spec", "taints"))
                .containsExactly(Map.of("key", "node.kubernetes.io/not-ready", "effect", "NoSchedule"));
    }

    @Test
    void a_runtime_class_adds_what_it_costs_and_must_be_there() {
        KubeObject pod = pod();
        pod.set("sandboxed", "spec", "runtimeClassName");
        assertThatThrownBy(() -> client.create(PODS, "default", pod.copy()))
                .hasMessage("pods \"p\" is forbidden: pod rejected: RuntimeClass \"sandboxed\" not found");

        client.create(
                GroupResource.of("node.k8s.io", "runtimeclasses"),
                "",
                json(
                        "{\"apiVersion\":\"node.k8s.io/v1\",\"kind\":\"RuntimeClass\",\"metadata\":{\"name\":\"sandboxed\"},"
                                + "\"handler\":\"h\",\"overhead\":{\"podFixed\":{\"cpu\":\"100m\"}},\"scheduling\":{"
                                + "\"nodeSelector\":{\"kind\":\"secure\"}}}"));
        KubeObject made = client.create(PODS, "default", pod);

        assertThat(made.textMap("spec", "overhead")).containsEntry("cpu", "100m");
        assertThat(made.textMap("spec", "nodeSelector")).containsEntry("kind", "secure");
    }

    @Test
    void a_claim_grows_only_where_its_class_lets_it() {
        GroupResource claims = GroupResource.core("persistentvolumeclaims");
        GroupResource classes = GroupResource.of("storage.k8s.io", "storageclasses");
        KubeObject fixed = client.create(
                classes,
                "",
                json("{\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"c\"},"
                        + "\"provisioner\":\"p\"}"));
        KubeObject claim = client.create(
                        claims,
                        "default",
                        json(
                                "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"d\"},\"spec\":{"
                                        + "\"storageClassName\":\"c\",\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{"
                                        + "\"requests\":{\"storage\":\"1Gi\"}}}}"))
                .copy();
        claim.set("Bound", "status", "phase");
        KubeObject bound = client.updateSubresource(claims, "status", claim).copy();
        bound.set("2Gi", "spec", "resources", "requests", "storage");
        assertThatThrownBy(() -> client.update(claims, bound))
                .hasMessage(
                        "persistentvolumeclaims \"d\" is forbidden: only dynamically provisioned pvc can be resized and"
                                + " the storageclass that provisions the pvc must support resize");

        KubeObject growing = fixed.copy();
        growing.set(true, "allowVolumeExpansion");
        client.update(classes, growing);
        assertThat(client.update(claims, bound).text("spec", "resources", "requests", "storage"))
                .isEqualTo("2Gi");
    }

    @Test
    void only_who_holds_the_signer_approves() {
        GroupResource requests = GroupResource.of("certificates.k8s.io", "certificatesigningrequests");
        KubeObject made = client.create(
                        requests,
                        "",
                        json(
                                "{\"apiVersion\":\"certificates.k8s.io/v1\",\"kind\":\"CertificateSigningRequest\",\"metadata\":{"
                                        + "\"name\":\"r\"},\"spec\":{\"request\":\"eA==\",\"signerName\":\"example.com/s\",\"usages\":["
                                        + "\"client auth\"]}}"))
                .copy();
        made.set(
                List.of(Map.of("type", "Approved", "status", "True", "reason", "r", "message", "m")),
                "status",
                "conditions");
        ApiClient nobody = client.as(UserInfo.of("nobody", "system:authenticated"), "test");

        assertThatThrownBy(() -> nobody.updateSubresource(requests, "approval", made))
                .hasMessage("certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: user not permitted to"
                        + " approve requests with signerName \"example.com/s\"");
    }

    private void mutate(String mutation) {
        client.create(
                GroupResource.of(GROUP, "mutatingadmissionpolicies"),
                "",
                json(
                        "{\"apiVersion\":\"admissionregistration.k8s.io/v1\",\"kind\":\"MutatingAdmissionPolicy\",\"metadata\":{"
                                + "\"name\":\"team\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],"
                                + "\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"configmaps\"]}]},"
                                + "\"variables\":[{\"name\":\"team\",\"expression\":\"object.metadata.name + '-team'\"}],"
                                + "\"failurePolicy\":\"Fail\",\"reinvocationPolicy\":\"Never\",\"mutations\":[{"
                                + mutation + "}]}}"));
        client.create(
                GroupResource.of(GROUP, "mutatingadmissionpolicybindings"),
                "",
                json("{\"apiVersion\":\"admissionregistration.k8s.io/v1\",\"kind\":\"MutatingAdmissionPolicyBinding\","
                        + "\"metadata\":{\"name\":\"team\"},\"spec\":{\"policyName\":\"team\"}}"));
    }

    private static KubeObject pod() {
        return json("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{"
                + "\"name\":\"c\",\"image\":\"busybox\"}]}}");
    }
}
