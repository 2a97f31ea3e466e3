package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.PODS;
import static dev.kuar.practice.api.TestServer.json;
import static dev.kuar.practice.api.TestServer.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Kubernetes' own conformance suite asks of admission and found different here. */
final class ConformanceAdmissionTest {
    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Source: the e2e suite of 1.36.2, generations of pods. */
    @Test
    void a_pod_that_is_changed_gets_its_default_tolerations_again() {
        KubeObject pod = client.create(PODS, "default", pod("{}")).copy();
        pod.set(
                new ArrayList<>(List.of(
                        json("{'key':'foo','operator':'Equal','value':'bar','effect':'NoSchedule'}".replace('\'', '"'))
                                .tree())),
                "spec",
                "tolerations");
        pod.set(null, "spec", "priority");
        KubeObject changed = client.update(PODS, pod);
        assertThat(changed.maps("spec", "tolerations"))
                .extracting(toleration -> toleration.get("key"))
                .containsExactly("foo", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
        assertThat(changed.at("spec", "priority")).isEqualTo(0L);
    }

    /** Source: the e2e suite of 1.36.2, expressions that refer to variables. */
    @Test
    void variables_of_a_policy_have_the_types_of_their_expressions() {
        GroupResource policies = GroupResource.of("admissionregistration.k8s.io", "validatingadmissionpolicies");
        String policy =
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicy','metadata':{'name':'NAME'},"
                        + "'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':['apps'],'apiVersions':['v1'],'operations':['CREATE'],"
                        + "'resources':['deployments']}]},'variables':[{'name':'replicas','expression':'object.spec.replicas'},"
                        + "{'name':'odd','expression':'variables.replicas % 2 == 1'}],'validations':[{'expression':'RULE'}]}}";
        client.create(
                policies,
                "",
                json(policy.replace("NAME", "a")
                        .replace("RULE", "variables.odd")
                        .replace('\'', '"')));
        assertThatThrownBy(() -> client.create(
                        policies,
                        "",
                        json(policy.replace("NAME", "b")
                                .replace("RULE", "variables.nope")
                                .replace('\'', '"'))))
                .hasMessageContaining("undefined field 'nope'");
        assertThatThrownBy(() -> client.create(
                        policies,
                        "",
                        json(policy.replace("NAME", "c")
                                .replace("RULE", "variables.replicas")
                                .replace('\'', '"'))))
                .hasMessageContaining("must evaluate to bool");
    }

    /** Source: the e2e suite of 1.36.2, a webhook that denies attaching to a pod. */
    @Test
    void connections_are_judged_by_their_options() {
        String group = "admissionregistration.k8s.io";
        client.create(
                GroupResource.of(group, "validatingadmissionpolicies"),
                "",
                json("{\"apiVersion\":\"" + group
                        + "/v1\",\"kind\":\"ValidatingAdmissionPolicy\",\"metadata\":{\"name\":"
                        + "\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],"
                        + "\"operations\":[\"CONNECT\"],\"resources\":[\"pods/exec\"]}]},\"validations\":[{\"expression\":"
                        + "\"object.kind != 'PodExecOptions' || !object.tty\",\"message\":\"no terminals\"}]}}"));
        client.create(
                GroupResource.of(group, "validatingadmissionpolicybindings"),
                "",
                json("{\"apiVersion\":\"" + group + "/v1\",\"kind\":\"ValidatingAdmissionPolicyBinding\",\"metadata\":{"
                        + "\"name\":\"b\"},\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"Deny\"]}}"));
        client.create(
                PODS,
                "default",
                json(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"busybox\"}]}}"));
        assertThatThrownBy(() -> cluster.server().connect(exec(true)))
                .hasMessage("pods \"web\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request:"
                        + " no terminals");
        assertThat(cluster.server().connect(exec(false)).name()).isEqualTo("web");
    }

    private static ApiRequest exec(boolean tty) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("kind", "PodExecOptions");
        options.put("apiVersion", "v1");
        options.put("tty", tty);
        return ApiRequest.of(
                        UserInfo.of("admin", "system:masters"),
                        "test",
                        Verb.CREATE,
                        GroupResource.core("pods"),
                        "v1",
                        "default",
                        "web",
                        "exec")
                .with(Body.tree(options));
    }
}
