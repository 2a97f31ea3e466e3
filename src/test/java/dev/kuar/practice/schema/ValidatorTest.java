package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ValidatorTest {
    private final Catalog catalog = Catalog.builtIn();
    private final Defaulter defaulter = new Defaulter();
    private final Validator validator = new Validator();

    @Test
    void lists_many_errors_of_a_pod_in_order() {
        assertThat(
                        create(
                                "",
                                "pods",
                                "{'metadata':{'name':'bad','labels':{'bad key!':'v'}},'spec':{'restartPolicy':'Sometimes','containers':["
                                        + "{'name':'C1','image':'','ports':[{'containerPort':99999}],'volumeMounts':[{'name':'nothere','mountPath':'/x'}]},"
                                        + "{'name':'ok','image':'nginx:1.27','imagePullPolicy':'Perhaps','resources':{'requests':{'cpu':2},'limits':{'cpu':1}}}]}}"))
                .containsExactly(
                        "metadata.labels: Invalid value: \"bad key!\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                        "spec.containers[0].name: Invalid value: \"C1\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                        "spec.containers[0].image: Required value",
                        "spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive",
                        "spec.containers[0].volumeMounts[0].name: Not found: \"nothere\"",
                        "spec.containers[1].imagePullPolicy: Unsupported value: \"Perhaps\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
                        "spec.containers[1].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
                        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"");
    }

    @Test
    void wants_a_deployments_selector_to_choose_its_template() {
        assertThat(
                        create(
                                "apps",
                                "deployments",
                                "{'metadata':{'name':'bad'},'spec':{'template':{'metadata':{'labels':{'app':'bad'}},'spec':{'containers':[{'image':'nginx:1.27'}]}}}}"))
                .containsExactly(
                        "spec.selector: Required value",
                        "spec.template.metadata.labels: Invalid value: {\"app\":\"bad\"}: `selector` does not match template `labels`",
                        "spec.template.spec.containers[0].name: Required value");
        assertThat(create("apps", "deployments", "{'metadata':{'name':'e'},'spec':{}}"))
                .containsExactly(
                        "spec.selector: Required value",
                        "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
                        "spec.template.spec.containers: Required value");
    }

    @Test
    void a_stateful_sets_pods_may_mount_its_claim_templates() {
        assertThat(create(
                        "apps",
                        "statefulsets",
                        "{'metadata':{'name':'s'},'spec':{'serviceName':'s','selector':{'matchLabels':{'a':'b'}},"
                                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'restartPolicy':'Always','containers':[{'name':'c',"
                                + "'image':'i','volumeMounts':[{'name':'d','mountPath':'/d'}]}]}},"
                                + "'volumeClaimTemplates':[{'metadata':{'name':'d'},'spec':{'accessModes':['ReadWriteOnce'],"
                                + "'resources':{'requests':{'storage':'1Gi'}}}}]}}"))
                .isEmpty();
    }

    @Test
    void holds_what_may_not_change() {
        assertThat(update(
                        "",
                        "configmaps",
                        "{'metadata':{'name':'f'},'immutable':true,'data':{'a':'b'}}",
                        "{'metadata':{'name':'f'},'immutable':true,'data':{'a':'c'}}"))
                .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
        assertThat(update("", "secrets", "{'metadata':{'name':'f'}}", "{'metadata':{'name':'f'},'type':'x'}"))
                .containsExactly("type: Invalid value: \"x\": field is immutable");
        assertThat(update(
                        "rbac.authorization.k8s.io",
                        "rolebindings",
                        "{'metadata':{'name':'r'},'roleRef':{'kind':'Role','name':'r1'}}",
                        "{'metadata':{'name':'r'},'roleRef':{'kind':'Role','name':'other'}}"))
                .containsExactly(
                        "roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"Role\",\"Name\":\"other\"}: cannot change roleRef");
    }

    @Test
    void refuses_names_keys_and_schedules() {
        assertThat(create("", "configmaps", "{'metadata':{'name':'z'},'data':{'a/b':'1'}}"))
                .containsExactly(
                        "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        assertThat(create("", "configmaps", "{'metadata':{}}"))
                .containsExactly("metadata.name: Required value: name or generateName is required");
        assertThat(create("", "namespaces", "{'metadata':{'name':'Bad_NS'}}"))
                .first()
                .asString()
                .startsWith("metadata.name: Invalid value: \"Bad_NS\": a lowercase RFC 1123 label must consist");
        assertThat(
                        create(
                                "batch",
                                "cronjobs",
                                "{'metadata':{'name':'bad'},'spec':{'schedule':'nope','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}}}"))
                .containsExactly("spec.schedule: Invalid value: \"nope\": expected exactly 5 fields, found 1: [nope]");
    }

    @Test
    void checks_custom_resources_against_their_schema() {
        KubeObject definition = KubeObject.of(
                json(
                        "{'spec':{'group':'stable.example.com','scope':'Namespaced',"
                                + "'names':{'plural':'crontabs','kind':'CronTab'},'versions':[{'name':'v1','served':true,'storage':true,"
                                + "'schema':{'openAPIV3Schema':{'type':'object','required':['spec'],'properties':{'spec':{'type':'object',"
                                + "'required':['cronSpec'],'properties':{'cronSpec':{'type':'string','pattern':'^a$'},"
                                + "'image':{'type':'string','default':'busybox'},"
                                + "'replicas':{'type':'integer','maximum':10},'mode':{'type':'string','enum':['fast','slow']}}}}}}}]}}"));
        Kind kind = CustomKinds.of(definition).get(0);
        assertThat(kind.keyPrefix()).isEqualTo("stable.example.com/crontabs");
        KubeObject object = KubeObject.of(Decoder.conform(
                        kind,
                        json(
                                "{'metadata':{'name':'bad'},'spec':{'cronSpec':'b','replicas':11,'mode':'medium','bogus':1}}"))
                .tree());
        defaulter.apply(kind, object);
        assertThat(object.text("spec", "image")).isEqualTo("busybox");
        assertThat(object.map("spec")).doesNotContainKey("bogus");
        assertThat(texts(validator.create(kind, object)))
                .containsExactly(
                        "spec.mode: Unsupported value: \"medium\": supported values: \"fast\", \"slow\"",
                        "spec.cronSpec: Invalid value: \"b\": spec.cronSpec in body should match '^a$'",
                        "spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10");
    }

    private List<String> create(String group, String resource, String json) {
        Kind kind = catalog.find(group, resource).orElseThrow();
        return texts(validator.create(kind, complete(kind, json)));
    }

    private List<String> update(String group, String resource, String old, String now) {
        Kind kind = catalog.find(group, resource).orElseThrow();
        return texts(validator.update(kind, complete(kind, now), complete(kind, old), ""));
    }

    private KubeObject complete(Kind kind, String json) {
        KubeObject object = KubeObject.of(Decoder.conform(kind, json(json)).tree());
        defaulter.apply(kind, object);
        return object;
    }

    private static List<String> texts(List<Map<String, Object>> causes) {
        return causes.stream()
                .map(cause -> cause.get("field") + ": " + cause.get("message"))
                .toList();
    }

    private static Map<String, Object> json(String json) {
        return JsonReader.readMap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
