package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.CONFIG_MAPS;
import static dev.kuar.practice.api.TestServer.NAMESPACES;
import static dev.kuar.practice.api.TestServer.PODS;
import static dev.kuar.practice.api.TestServer.configMap;
import static dev.kuar.practice.api.TestServer.json;
import static dev.kuar.practice.api.TestServer.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_quota_is_charged_at_once_and_refuses_what_is_too_much() {
        GroupResource quotas = GroupResource.core("resourcequotas");
        KubeObject quota = json("{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":{\"name\":\"tight\"},"
                + "\"spec\":{\"hard\":{\"configmaps\":\"1\"}}}");
        KubeObject made = client.create(quotas, "default", quota).copy();
        made.set("1", "status", "hard", "configmaps");
        made = client.updateSubresource(quotas, "status", made).copy();
        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", configMap("early")))
                .hasMessageContaining("status unknown for quota: tight, resources: configmaps");
        made.set("0", "status", "used", "configmaps");
        client.updateSubresource(quotas, "status", made);
        client.create(CONFIG_MAPS, "default", configMap("a"));
        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", configMap("b")))
                .hasMessage("configmaps \"b\" is forbidden: exceeded quota: tight, requested: configmaps=1, used:"
                        + " configmaps=1, limited: configmaps=1");
    }

    private void quota(String name, String limits, String more) {
        GroupResource quotas = GroupResource.core("resourcequotas");
        KubeObject made = client.create(
                        quotas,
                        "default",
                        json(("{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'" + name
                                        + "'},'spec':{'hard':{" + limits + "}" + more + "}}")
                                .replace('\'', '"')))
                .copy();
        made.set(made.map("spec", "hard"), "status", "hard");
        made.map("spec", "hard").keySet().forEach(limit -> made.set("0", "status", "used", limit));
        client.updateSubresource(quotas, "status", made);
    }

    private String used(String quota, String limit) {
        return client.get(GroupResource.core("resourcequotas"), "default", quota)
                .text("status", "used", limit);
    }

    @Test
    void limits_to_requests_want_both_and_what_is_wrong_twice_is_said_once() {
        client.create(
                GroupResource.core("limitranges"),
                "default",
                json(
                        "{\"apiVersion\":\"v1\",\"kind\":\"LimitRange\",\"metadata\":{\"name\":\"r\"},\"spec\":{\"limits\":[{"
                                + "\"type\":\"Container\",\"maxLimitRequestRatio\":{\"cpu\":\"2\"}}]}}"));
        String plain = "pods \"p\" is forbidden: cpu max limit to request ratio per Container is 2, but ";
        KubeObject two = pod("{}");
        KubeObject second = two.copy();
        List<Map<String, Object>> containers = new ArrayList<>(two.maps("spec", "containers"));
        second.maps("spec", "containers").get(0).put("name", "second");
        containers.addAll(second.maps("spec", "containers"));
        two.set(containers, "spec", "containers");
        two.set("p", "metadata", "name");
        assertThatThrownBy(() -> client.create(PODS, "default", two))
                .hasMessage(plain + "no request is specified or request is 0");
        KubeObject three = pod("{\"requests\":{\"cpu\":\"1\"},\"limits\":{\"cpu\":\"3\"}}");
        three.set("p", "metadata", "name");
        assertThatThrownBy(() -> client.create(PODS, "default", three))
                .hasMessage(plain + "provided ratio is 3.000000");
    }

    @Test
    void a_quota_that_refuses_leaves_the_others_as_they_were() {
        quota("a", "'configmaps':'5'", "");
        quota("b", "'configmaps':'0'", "");
        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", configMap("x")))
                .hasMessageContaining("exceeded quota: b, requested: configmaps=1, used: configmaps=0");
        assertThat(used("a", "configmaps")).isEqualTo("0");
    }

    @Test
    void a_change_is_charged_for_what_it_takes_more() {
        GroupResource services = GroupResource.core("services");
        quota("s", "'services.nodeports':'1','services':'3'", "");
        KubeObject service = json("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"},\"spec\":"
                + "{\"ports\":[{\"port\":80,\"name\":\"a\"},{\"port\":81,\"name\":\"b\"}]}}");
        KubeObject made = client.create(services, "default", service).copy();
        made.set("NodePort", "spec", "type");
        assertThatThrownBy(() -> client.update(services, made))
                .hasMessage("services \"s\" is forbidden: exceeded quota: s, requested: services.nodeports=2, used:"
                        + " services.nodeports=0, limited: services.nodeports=1");
        made.set(List.of(made.maps("spec", "ports").get(0)), "spec", "ports");
        client.update(services, made);
        assertThat(used("s", "services.nodeports")).isEqualTo("1");
        assertThat(used("s", "services")).isEqualTo("1");
    }

    @Test
    void a_quota_with_scopes_is_about_the_pods_in_them() {
        quota("best", "'pods':'0'", ",'scopes':['BestEffort']");
        quota("long", "'pods':'1'", ",'scopes':['NotTerminating']");
        assertThatThrownBy(() -> client.create(PODS, "default", pod("{}")))
                .hasMessageContaining("exceeded quota: best, requested: pods=1, used: pods=0, limited: pods=0");
        client.create(PODS, "default", pod("{\"requests\":{\"cpu\":\"1\"}}"));
        assertThat(used("long", "pods")).isEqualTo("1");
        client.create(CONFIG_MAPS, "default", configMap("free"));
    }

    @Test
    void limits_are_filled_in_and_noted() {
        client.create(
                GroupResource.core("limitranges"),
                "default",
                json(
                        "{\"apiVersion\":\"v1\",\"kind\":\"LimitRange\",\"metadata\":{\"name\":\"l\"},\"spec\":{\"limits\":[{"
                                + "\"type\":\"Container\",\"default\":{\"cpu\":\"200m\"},\"defaultRequest\":{\"cpu\":\"100m\"},"
                                + "\"max\":{\"cpu\":\"1\"}}]}}"));
        KubeObject pod = client.create(PODS, "default", pod("{}"));
        assertThat(pod.annotations())
                .containsEntry(
                        "kubernetes.io/limit-ranger",
                        "LimitRanger plugin set: cpu request for container c; cpu limit for container c");
        assertThatThrownBy(() -> client.create(PODS, "default", pod("{\"limits\":{\"cpu\":\"2\"}}")))
                .hasMessageContaining("is forbidden: maximum cpu usage per Container is 1, but limit is 2");
    }

    @Test
    void an_enforced_level_refuses_with_every_violation() {
        KubeObject namespace = KubeObject.create("v1", "Namespace", "", "strict");
        namespace.set("restricted", "metadata", "labels", "pod-security.kubernetes.io/enforce");
        client.create(NAMESPACES, "", namespace);
        client.create(
                GroupResource.core("serviceaccounts"),
                "strict",
                KubeObject.create("v1", "ServiceAccount", "strict", "default"));
        assertThatThrownBy(() -> client.create(PODS, "strict", pod("{}")))
                .hasMessageContaining("violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false"
                        + " (container \"c\" must set securityContext.allowPrivilegeEscalation=false), unrestricted"
                        + " capabilities (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]),"
                        + " runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true),"
                        + " seccompProfile");
    }

    @Test
    void nobody_grants_what_they_do_not_have() {
        GroupResource roles = GroupResource.of(RBAC, "roles");
        ApiClient jane = client.as(UserInfo.of("jane", "system:authenticated"), "kubectl");
        KubeObject role = json("{\"apiVersion\":\"" + RBAC + "/v1\",\"kind\":\"Role\",\"metadata\":{\"name\":\"r\"},"
                + "\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]}");
        assertThatThrownBy(() -> jane.create(roles, "default", role))
                .hasMessageContaining(
                        "user \"jane\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC"
                                + " permissions not currently held:\n{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\"]}");
        assertThat(client.create(roles, "default", role).name()).isEqualTo("r");
    }

    @Test
    void a_policy_denies_where_it_is_bound() {
        String group = "admissionregistration.k8s.io";
        client.create(
                GroupResource.of(group, "validatingadmissionpolicies"),
                "",
                json("{\"apiVersion\":\"" + group
                        + "/v1\",\"kind\":\"ValidatingAdmissionPolicy\",\"metadata\":{\"name\":"
                        + "\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":"
                        + "[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"configmaps\"]}]},\"validations\":[{"
                        + "\"expression\":\"object.data.k != '1'\",\"message\":\"one is not allowed\"}]}}"));
        client.create(CONFIG_MAPS, "default", configMap("before"));
        client.create(
                GroupResource.of(group, "validatingadmissionpolicybindings"),
                "",
                json("{\"apiVersion\":\"" + group + "/v1\",\"kind\":\"ValidatingAdmissionPolicyBinding\",\"metadata\":{"
                        + "\"name\":\"b\"},\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"Deny\"]}}"));
        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", configMap("after")))
                .hasMessage("configmaps \"after\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied"
                        + " request: one is not allowed")
                .satisfies(refused ->
                        assertThat(((ApiException) refused).status().reason()).isEqualTo("Invalid"));
    }

    @Test
    void a_policy_whose_expressions_do_not_compile_is_refused() {
        String group = "admissionregistration.k8s.io";
        KubeObject policy = json("{\"metadata\":{\"name\":\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{"
                + "\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"configmaps\"]"
                + "}]},\"validations\":[{\"expression\":\"params.x\"},{\"expression\":\"object.x in [1, 2, \"},"
                + "{\"expression\":\"1\"}]}}");
        assertThatThrownBy(() -> client.create(GroupResource.of(group, "validatingadmissionpolicies"), "", policy))
                .hasMessageContaining("spec.validations[0].expression: Invalid value: \"params.x\": compilation failed:"
                        + " ERROR: <input>:1:1: undeclared reference to 'params' (in container '')")
                .hasMessageContaining("spec.validations[1].expression: Invalid value: \"object.x in [1, 2, \":"
                        + " compilation failed: ERROR: <input>:1:20: ")
                .hasMessageContaining(
                        "spec.validations[2].expression: Invalid value: \"1\": must evaluate to bool but got" + " int");
    }

    @Test
    void all_bindings_of_a_policy_have_their_say_in_warnings_and_in_the_audit() {
        String group = "admissionregistration.k8s.io";
        KubeObject policy = json(
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{"
                        + "\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"configmaps\"]"
                        + "}]},\"validations\":[{\"expression\":\"true\"},{\"expression\":\"object.data.k != '1'\","
                        + "\"message\":\"one\",\"reason\":\"Forbidden\"}],\"auditAnnotations\":[{\"key\":\"k\","
                        + "\"valueExpression\":\"'k is ' + object.data.k\"},{\"key\":\"none\",\"valueExpression\":\"null\"}]}}");
        client.create(GroupResource.of(group, "validatingadmissionpolicies"), "", policy);
        for (String action : List.of("Audit", "Deny", "Warn")) {
            client.create(
                    GroupResource.of(group, "validatingadmissionpolicybindings"),
                    "",
                    json("{\"metadata\":{\"name\":\"" + action.toLowerCase(Locale.ROOT)
                            + "\"},\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"" + action + "\"]}}"));
        }
        AuditNotes notes = AuditNotes.empty();
        ApiRequest request = cluster.request(Verb.CREATE, CONFIG_MAPS, "default", "")
                .with(Body.tree(configMap("a").tree()))
                .with(notes);

        assertThatThrownBy(() -> cluster.server().handle(request))
                .hasMessage("configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'deny' denied"
                        + " request: one");
        assertThat(notes.all())
                .containsEntry("p/k", "k is 1")
                .containsEntry(
                        "validation.policy.admission.k8s.io/validation_failure",
                        "[{\"message\":\"one\",\"policy\":\"p\",\"binding\":\"audit\",\"expressionIndex\":1,"
                                + "\"validationActions\":[\"Audit\"]}]")
                .hasSize(4);

        client.delete(GroupResource.of(group, "validatingadmissionpolicybindings"), "", "deny", DeleteOptions.DEFAULT);
        Answer warned =
                cluster.server().handle(request.with(Body.tree(configMap("b").tree())));
        assertThat(warned.warnings())
                .containsExactly("Validation failed for ValidatingAdmissionPolicy 'p' with binding 'warn': one");
    }

    @Test
    void a_policys_expressions_know_quantities_and_ask_what_the_user_may_do() {
        String group = "admissionregistration.k8s.io";
        KubeObject policy =
                json("{\"apiVersion\":\"" + group + "/v1\",\"kind\":\"ValidatingAdmissionPolicy\",\"metadata\":"
                        + "{\"name\":\"q\"},\"spec\":{\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":"
                        + "[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"configmaps\"]}]}}}");
        policy.set(
                List.of(
                        Map.of(
                                "expression",
                                "quantity(object.data.k).isLessThan(quantity('1Gi'))",
                                "messageExpression",
                                "object.data.k + ' is too much'"),
                        Map.of(
                                "expression",
                                "authorizer.requestResource.check('create').allowed() &&"
                                        + " authorizer.group('').resource('secrets').namespace('default').check('get').allowed()",
                                "message",
                                "you may not see secrets")),
                "spec",
                "validations");
        client.create(GroupResource.of(group, "validatingadmissionpolicies"), "", policy);
        client.create(
                GroupResource.of(group, "validatingadmissionpolicybindings"),
                "",
                json("{\"apiVersion\":\"" + group + "/v1\",\"kind\":\"ValidatingAdmissionPolicyBinding\",\"metadata\":{"
                        + "\"name\":\"b\"},\"spec\":{\"policyName\":\"q\",\"validationActions\":[\"Deny\"]}}"));
        KubeObject large = configMap("large").copy();
        large.set("2Gi", "data", "k");

        assertThatThrownBy(() -> client.create(CONFIG_MAPS, "default", large)).hasMessageEndingWith("2Gi is too much");
        client.create(CONFIG_MAPS, "default", configMap("small"));
        ApiClient weak = client.as(UserInfo.of("jane", "system:authenticated"), "test");
        grant("jane", "configmaps");
        assertThatThrownBy(() -> weak.create(CONFIG_MAPS, "default", configMap("hers")))
                .hasMessageEndingWith("you may not see secrets");
    }

    private void grant(String user, String resource) {
        String rbac = "rbac.authorization.k8s.io";
        client.create(
                GroupResource.of(rbac, "roles"),
                "default",
                json("{\"apiVersion\":\"" + rbac
                        + "/v1\",\"kind\":\"Role\",\"metadata\":{\"name\":\"makes\"},\"rules\":[{"
                        + "\"apiGroups\":[\"\"],\"resources\":[\"" + resource + "\"],\"verbs\":[\"create\"]}]}"));
        client.create(
                GroupResource.of(rbac, "rolebindings"),
                "default",
                json("{\"apiVersion\":\"" + rbac + "/v1\",\"kind\":\"RoleBinding\",\"metadata\":{\"name\":\"makes\"},"
                        + "\"roleRef\":{\"apiGroup\":\"" + rbac
                        + "\",\"kind\":\"Role\",\"name\":\"makes\"},\"subjects\":[{"
                        + "\"kind\":\"User\",\"apiGroup\":\"" + rbac + "\",\"name\":\"" + user + "\"}]}"));
    }
}
