package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies with parameters, and those that cannot be put to work. */
final class PolicyParamsTest {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final String DENIED = "configmaps \"new\" is forbidden: ValidatingAdmissionPolicy 'p'";

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void validating(String paramKind, String paramRef, String expression) {
        create(
                "validatingadmissionpolicies",
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicy','metadata':{'name':'p'},"
                        + "'spec':{" + paramKind
                        + "'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],"
                        + "'operations':['CREATE'],'resources':['configmaps','namespaces']}],'objectSelector':{'matchLabels':{"
                        + "'new':'yes'}}},'validations':[{'expression':'" + expression + "'}]}}");
        create(
                "validatingadmissionpolicybindings",
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicyBinding','metadata':{"
                        + "'name':'b'},'spec':{'policyName':'p','validationActions':['Deny']" + paramRef + "}}");
    }

    private void create(String resource, String json) {
        client.create(GroupResource.of(GROUP, resource), "", json(json));
    }

    private KubeObject limits(String name, String most, String labels) {
        return client.create(
                CONFIG_MAPS,
                "default",
                json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "','labels':{" + labels
                        + "}},'data':{'most':'" + most + "'}}"));
    }

    private KubeObject make(String size) {
        return client.create(
                CONFIG_MAPS,
                "default",
                json(
                        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'new','labels':{'new':'yes'}},'data':{'size':'"
                                + size + "'}}"));
    }

    @Test
    void parameters_are_found_by_name_in_the_namespace_of_the_request() {
        validating(
                "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},",
                ",'paramRef':{'name':'limits','parameterNotFoundAction':'Deny'}",
                "int(object.data.size) <= int(params.data.most)");

        assertThatThrownBy(() -> make("3"))
                .hasMessage(
                        DENIED + " with binding 'b' denied request: failed to configure binding: no params found for"
                                + " policy binding with `Deny` parameterNotFoundAction");
        limits("limits", "5", "");
        assertThatThrownBy(() -> make("7")).hasMessageContaining("failed expression: int(object.data.size)");
        assertThat(make("3").name()).isEqualTo("new");
        assertThatThrownBy(() -> client.create(
                        TestServer.NAMESPACES,
                        "",
                        json("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'n','labels':{'new':'yes'}}}")))
                .hasMessageContaining("no params found");
    }

    @Test
    void parameters_that_labels_select_judge_one_after_the_other() {
        validating(
                "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},",
                ",'paramRef':{'selector':{'matchLabels':{'limits':'yes'}},'namespace':'default',"
                        + "'parameterNotFoundAction':'Allow'}",
                "int(object.data.size) <= int(params.data.most)");
        limits("far", "9", "'limits':'yes'");
        limits("near", "5", "'limits':'yes'");
        limits("other", "1", "");
        assertThatThrownBy(() -> make("7")).hasMessageContaining("failed expression");
        client.delete(CONFIG_MAPS, "default", "near", ApiClient.DeleteOptions.DEFAULT);
        client.delete(CONFIG_MAPS, "default", "far", ApiClient.DeleteOptions.DEFAULT);
        assertThat(make("99").name()).isEqualTo("new");
    }

    @Test
    void a_binding_without_a_reference_judges_with_no_parameter() {
        validating("'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},", "", "params == null");
        assertThat(make("3").name()).isEqualTo("new");
    }

    @Test
    void a_kind_that_nobody_serves_is_the_policys_fault() {
        validating(
                "'paramKind':{'apiVersion':'g.io/v1','kind':'Limit'},",
                ",'paramRef':{'name':'limits','parameterNotFoundAction':'Deny'}",
                "params.spec.x == 1");
        assertThatThrownBy(() -> make("3"))
                .hasMessage(
                        DENIED + " denied request: failed to configure policy: failed to find resource referenced by"
                                + " paramKind: 'g.io/v1, Kind=Limit'");
    }

    @Test
    void kinds_have_resources_of_their_own_and_namespaces_only_where_they_live_in_some() {
        validating(
                "'paramKind':{'apiVersion':'networking.k8s.io/v1','kind':'IngressClass'},",
                ",'paramRef':{'name':'c','namespace':'default','parameterNotFoundAction':'Deny'}",
                "params.spec.controller == \\\"x.io/y\\\"");
        assertThatThrownBy(() -> make("3"))
                .hasMessageContaining("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        client.patch(
                GroupResource.of(GROUP, "validatingadmissionpolicybindings"),
                "",
                "b",
                "",
                ApiClient.PatchType.MERGE,
                json("{'spec':{'paramRef':{'namespace':null}}}").tree());
        assertThatThrownBy(() -> make("3")).hasMessageContaining("no params found");
        client.create(
                GroupResource.of("networking.k8s.io", "ingressclasses"),
                "",
                json("{'apiVersion':'networking.k8s.io/v1','kind':'IngressClass','metadata':{'name':'c'},'spec':{"
                        + "'controller':'x.io/y'}}"));
        assertThat(make("3").name()).isEqualTo("new");
    }

    @Test
    void all_that_mutations_could_not_do_is_said_under_the_code_of_forbidden() {
        for (String name : new String[] {"one", "two"}) {
            create(
                    "mutatingadmissionpolicies",
                    "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'MutatingAdmissionPolicy','metadata':{'name':'"
                            + name
                            + "'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],"
                            + "'operations':['CREATE'],'resources':['configmaps']}]},'reinvocationPolicy':'Never','mutations':[{"
                            + "'patchType':'JSONPatch','jsonPatch':{'expression':'[JSONPatch{op: \\\"test\\\", path: \\\"/data/a\\\","
                            + " value: \\\"x\\\"}, JSONPatch{op: \\\"add\\\", path: \\\"/data/b\\\", value: object.data.a}]'}}]}}");
            create(
                    "mutatingadmissionpolicybindings",
                    "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'MutatingAdmissionPolicyBinding','metadata':{'name':'"
                            + name + "'},'spec':{'policyName':'" + name + "'}}");
        }
        assertThatThrownBy(() -> make("3")).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.status().reason()).isEqualTo("Invalid");
            assertThat(refused.status().message())
                    .startsWith("policy 'one' with binding 'one' denied request: ")
                    .contains("no such key: a");
            assertThat(KubeObject.of(refused.status().details()).maps("causes"))
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each).containsOnlyKeys("message"));
        });
        KubeObject kept = client.create(
                CONFIG_MAPS,
                "default",
                json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'kept'},'data':{'a':'y'}}"));
        assertThat(kept.map("data")).containsOnlyKeys("a");
        KubeObject changed = client.create(
                CONFIG_MAPS,
                "default",
                json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'changed'},'data':{'a':'x'}}"));
        assertThat(changed.textMap("data")).containsEntry("b", "x");
    }

    @Test
    void policies_see_other_versions_in_the_one_that_they_are_about() {
        String rules = "'matchConstraints':{'resourceRules':[{'apiGroups':['autoscaling'],'apiVersions':['v1'],"
                + "'operations':['CREATE'],'resources':['horizontalpodautoscalers']}]},";
        create(
                "validatingadmissionpolicies",
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicy','metadata':{'name':'p'},"
                        + "'spec':{" + rules
                        + "'validations':[{'expression':'object.spec.targetCPUUtilizationPercentage < 50 &&"
                        + " request.kind.version == \\\"v1\\\" && request.requestKind.version == \\\"v2\\\"'}]}}");
        create(
                "validatingadmissionpolicybindings",
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicyBinding','metadata':{"
                        + "'name':'b'},'spec':{'policyName':'p','validationActions':['Deny']}}");
        KubeObject autoscaler =
                json("{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'a'},"
                        + "'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'},'metrics':[{'type':'Resource',"
                        + "'resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':70}}}]}}");
        GroupResource autoscalers = GroupResource.of("autoscaling", "horizontalpodautoscalers");
        assertThatThrownBy(() -> client.create(autoscalers, "default", autoscaler))
                .hasMessageContaining("failed expression: object.spec.targetCPUUtilizationPercentage < 50");

        create(
                "mutatingadmissionpolicies",
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'MutatingAdmissionPolicy','metadata':{'name':'m'},"
                        + "'spec':{" + rules
                        + "'reinvocationPolicy':'Never','mutations':[{'patchType':'ApplyConfiguration',"
                        + "'applyConfiguration':{'expression':'Object{spec: Object.spec{targetCPUUtilizationPercentage: 40}}'}}]}}");
        create(
                "mutatingadmissionpolicybindings",
                "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'MutatingAdmissionPolicyBinding','metadata':{"
                        + "'name':'m'},'spec':{'policyName':'m'}}");
        KubeObject changed = client.create(autoscalers, "default", autoscaler);
        assertThat(KubeObject.of(changed.maps("spec", "metrics").get(0))
                        .number(0, "resource", "target", "averageUtilization"))
                .isEqualTo(40);
    }

    private static KubeObject json(String json) {
        String text = json.replace("\\\"", "\u0001").replace('\'', '"').replace("\u0001", "\\\"");
        return TestServer.json(text);
    }
}
