package dev.kuar.practice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.api.ApiClient.PatchType;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Definitions of custom resources and what they hold their objects to. */
final class CustomResourcesTest {
    private static final GroupResource DEFINITIONS =
            GroupResource.of("apiextensions.k8s.io", "customresourcedefinitions");
    private static final GroupResource WIDGETS = GroupResource.of("g.io", "widgets");

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void names_that_are_taken_are_not_accepted_until_they_are_free() {
        define("widgets", "Widget", "'shortNames':['w']", "");
        define("wonders", "Wonder", "'shortNames':['w','wo']", "");
        KubeObject refused = client.get(DEFINITIONS, "", "wonders.g.io");
        assertThat(refused.map("status", "acceptedNames")).doesNotContainKey("shortNames");
        assertThat(refused.maps("status", "conditions"))
                .extracting(each -> each.get("type") + " " + each.get("status") + " " + each.get("reason") + " "
                        + each.get("message"))
                .containsExactly(
                        "NamesAccepted False ShortNamesConflict \"w\" is already in use",
                        "Established False NotAccepted not all names are accepted");
        assertThat(cluster.server().catalog().find("g.io", "wonders")).isEmpty();

        client.delete(DEFINITIONS, "", "widgets.g.io", DeleteOptions.DEFAULT);
        awaitServed("wonders");
        assertThat(client.get(DEFINITIONS, "", "wonders.g.io")
                        .maps("status", "conditions")
                        .get(0))
                .containsEntry("reason", "NoConflicts");
    }

    @Test
    void what_a_definition_says_of_metadata_is_a_rule_and_not_its_form() {
        KubeObject definition = definition("widgets", "Widget", "", "'a':{'type':'string'}");
        Map<String, Object> schema =
                KubeObject.of(definition.maps("spec", "versions").get(0)).map("schema", "openAPIV3Schema");
        schema.put("required", new ArrayList<>(List.of("apiVersion", "kind", "metadata", "spec")));
        KubeObject.of(schema)
                .set(
                        json("{'type':'object','properties':{'name':{'type':'string','pattern':'^w'}}}")
                                .tree(),
                        "properties",
                        "metadata");
        client.create(DEFINITIONS, "", definition);
        awaitServed("widgets");

        KubeObject made = client.create(
                WIDGETS, "default", json("{'metadata':{'name':'w1','labels':{'a':'b'},'bogus':1},'spec':{'a':'b'}}"));
        assertThat(made.labels()).containsEntry("a", "b");
        assertThat(made.map("metadata")).doesNotContainKey("bogus");
        assertThatThrownBy(() -> client.create(WIDGETS, "default", json("{'metadata':{'name':'v1'},'spec':{}}")))
                .hasMessageContaining("metadata.name: Invalid value: \"v1\": metadata.name in body should match '^w'");
    }

    @Test
    void objects_within_objects_keep_what_every_object_has() {
        define(
                "widgets",
                "Widget",
                "",
                "'inner':{'type':'object','x-kubernetes-embedded-resource':true,'properties':{'x':{'type':'string'}}}");
        awaitServed("widgets");
        KubeObject made = client.create(
                WIDGETS,
                "default",
                json("{'metadata':{'name':'w'},'spec':{'inner':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p',"
                        + "'labels':{'a':'b'}},'x':'y','z':1}}}"));
        assertThat(made.map("spec", "inner")).containsOnlyKeys("apiVersion", "kind", "metadata", "x");
        assertThatThrownBy(() -> client.create(
                        WIDGETS,
                        "default",
                        json("{'metadata':{'name':'v'},'spec':{'inner':{'kind':'P_d','metadata':{'name':'a/b'}}}}")))
                .hasMessageContaining("spec.inner.apiVersion: Required value")
                .hasMessageContaining("spec.inner.kind: Invalid value: \"P_d\": may have mixed case, but should"
                        + " otherwise match: a DNS-1035 label must consist of")
                .hasMessageContaining("spec.inner.metadata.name: Invalid value: \"a/b\": may not contain '/'");
    }

    @Test
    void what_a_definition_says_of_a_group_of_kubernetes_own_is_served_by_nobody() {
        KubeObject definition = json("{'metadata':{'name':'ingresses.networking.k8s.io','annotations':{"
                + "'api-approved.kubernetes.io':'unapproved'}},'spec':{'group':'networking.k8s.io','scope':'Namespaced',"
                + "'names':{'plural':'ingresses','kind':'Ingress'}}}");
        definition.set(schema("'a':{'type':'string'}"), "spec", "versions");
        client.create(DEFINITIONS, "", definition);

        assertThat(client.get(DEFINITIONS, "", "ingresses.networking.k8s.io").maps("status", "conditions"))
                .anyMatch(each -> "Established".equals(each.get("type")) && "True".equals(each.get("status")));
        assertThat(cluster.server()
                        .catalog()
                        .find("networking.k8s.io", "v1", "ingresses")
                        .orElseThrow()
                        .isCustom())
                .isFalse();
    }

    @Test
    void a_definition_keeps_up_with_the_names_that_it_asks_for() {
        define("widgets", "Widget", "'shortNames':['w']", "");
        client.patch(
                DEFINITIONS,
                "",
                "widgets.g.io",
                "",
                PatchType.MERGE,
                Map.of("spec", Map.of("names", Map.of("shortNames", List.of("wi")))));
        assertThat(client.get(DEFINITIONS, "", "widgets.g.io").texts("status", "acceptedNames", "shortNames"))
                .containsExactly("wi");
    }

    @Test
    void a_scale_without_a_revision_is_written_over_whatever_is_there() {
        KubeObject definition = definition("widgets", "Widget", "", "'replicas':{'type':'integer'}");
        definition
                .maps("spec", "versions")
                .get(0)
                .put(
                        "subresources",
                        json("{'scale':{'specReplicasPath':'.spec.replicas','statusReplicasPath':'.status.replicas'}}")
                                .tree());
        client.create(DEFINITIONS, "", definition);
        awaitServed("widgets");
        make("{'replicas':1}");

        client.updateSubresource(
                WIDGETS,
                "scale",
                json("{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'w','namespace':'default'},"
                        + "'spec':{'replicas':3}}"));

        assertThat(client.get(WIDGETS, "default", "w").number(0, "spec", "replicas"))
                .isEqualTo(3);
        assertThatThrownBy(() -> client.update(
                        WIDGETS,
                        json("{'apiVersion':'g.io/v1','kind':'Widget','metadata':{'name':'w','namespace':'default'}}")))
                .hasMessageContaining("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }

    @Test
    void groups_of_kubernetes_itself_need_an_approval() {
        KubeObject definition =
                KubeObject.create("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "as.x.k8s.io");
        definition.set(new LinkedHashMap<>(definition("as", "A", "", "").map("spec")), "spec");
        definition.set("x.k8s.io", "spec", "group");
        assertThatThrownBy(() -> client.create(DEFINITIONS, "", definition))
                .hasMessageContaining(
                        "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups"
                                + " must have approval annotation \"api-approved.kubernetes.io\", see"
                                + " https://github.com/kubernetes/enhancements/pull/1111");
        definition.set("unapproved, a test", "metadata", "annotations", "api-approved.kubernetes.io");
        client.create(DEFINITIONS, "", definition);
    }

    @Test
    void alternatives_and_formats_are_held() {
        define(
                "widgets",
                "Widget",
                "",
                "'at':{'type':'string','format':'date-time'},'ip':{'type':'string','format':'ipv4'},"
                        + "'none':{'type':'string','nullable':true},'port':{'x-kubernetes-int-or-string':true,"
                        + "'anyOf':[{'type':'integer'},{'type':'string'}]},'a':{'type':'string'},'b':{'type':'string'}},"
                        + "'oneOf':[{'required':['a']},{'required':['b']}],'not':{'required':['ip','none']}");
        assertThatThrownBy(() -> make("{'at':'today','ip':'1.2.3','a':'x'}"))
                .hasMessageContaining(
                        "spec.at: Invalid value: \"today\": spec.at in body must be of type date-time:" + " \"today\"")
                .hasMessageContaining(
                        "spec.ip: Invalid value: \"1.2.3\": spec.ip in body must be of type ipv4: \"1.2.3\"");
        assertThatThrownBy(() -> make("{}"))
                .hasMessageContaining(
                        "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf)."
                                + " Found none valid, spec.a: Required value");
        assertThatThrownBy(() -> make("{'a':'x','b':'y'}")).hasMessageContaining("(oneOf). Found 2 valid alternatives");
        assertThatThrownBy(() -> make("{'a':'x','ip':'1.2.3.4','none':null}"))
                .hasMessageContaining("\"spec\" must not validate the schema (not)");
        assertThat(make("{'a':'x','none':null,'port':80,'at':'2026-01-02T03:04:05Z'}")
                        .map("spec"))
                .containsEntry("none", null);
    }

    @Test
    void what_was_wrong_before_the_rules_came_may_stay_but_not_change() {
        define("widgets", "Widget", "", "'a':{'type':'string'},'n':{'type':'integer'}");
        make("{'a':'long enough','n':1}");
        KubeObject definition = client.get(DEFINITIONS, "", "widgets.g.io").copy();
        definition.set(
                schema("'a':{'type':'string','maxLength':3,'x-kubernetes-validations':[{'rule':'self.size() < 4'}]},"
                        + "'n':{'type':'integer'}"),
                "spec",
                "versions");
        client.update(DEFINITIONS, definition);

        client.patch(WIDGETS, "default", "w", "", PatchType.MERGE, Map.of("spec", Map.of("n", 2L)));
        assertThatThrownBy(() -> client.patch(
                        WIDGETS, "default", "w", "", PatchType.MERGE, Map.of("spec", Map.of("a", "longer"))))
                .hasMessageContaining("spec.a: Too long: may not be more than 3 bytes");
    }

    /** Source: the e2e suite of 1.36.2, defaulting for requests and from storage. */
    @Test
    void what_was_stored_before_a_default_came_has_it_when_it_is_read() {
        define("widgets", "Widget", "", "'a':{'type':'string'},'n':{'type':'integer'}");
        make("{'a':'x'}");
        KubeObject definition = client.get(DEFINITIONS, "", "widgets.g.io").copy();
        definition.set(schema("'a':{'type':'string'},'n':{'type':'integer','default':7}"), "spec", "versions");
        client.update(DEFINITIONS, definition);
        assertThat(client.get(WIDGETS, "default", "w").number(0, "spec", "n")).isEqualTo(7);
        assertThat(client.get(WIDGETS, "default", "w").text("spec", "a")).isEqualTo("x");
    }

    @Test
    void a_rule_may_look_at_an_old_value_that_is_not_there() {
        define(
                "widgets",
                "Widget",
                "",
                "'a':{'type':'string','x-kubernetes-validations':[{'rule':"
                        + "'oldSelf.hasValue() || self == \\\"first\\\"','optionalOldSelf':true,'message':'begin with first'}]}");
        assertThatThrownBy(() -> make("{'a':'second'}")).hasMessageContaining("begin with first");
        make("{'a':'first'}");
        client.patch(WIDGETS, "default", "w", "", PatchType.MERGE, Map.of("spec", Map.of("a", "second")));
    }

    @Test
    void rules_must_compile_against_the_schema() {
        assertThatThrownBy(() -> rule("self.nope > 1"))
                .hasMessageContaining(
                        "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule:"
                                + " Invalid value: {\"Rule\":\"self.nope \\u003e 1\",\"Message\":\"\",\"MessageExpression\":\"\","
                                + "\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5:"
                                + " undefined field 'nope'\n | self.nope > 1\n | ....^");
        assertThatThrownBy(() -> rule("self.a > 1"))
                .hasMessageContaining("found no matching overload for '_>_' applied to '(string, int)'");
        assertThatThrownBy(() -> rule("self.a")).hasMessageContaining("cel expression must evaluate to a bool");
        assertThatThrownBy(() -> rule("self.a ==")).hasMessageContaining("compilation failed: ERROR: <input>:1:");
        assertThatThrownBy(() -> rule("self.l.all(x, x > 1) && quantity(self.a).isGreaterThan(1)"))
                .hasMessageContaining("found no matching overload");
        rule("self.l.all(x, x > 1) && quantity(self.a).isGreaterThan(quantity('1')) && has(self.m.x)"
                + " && self.p == 80 && oldSelf.a == self.a && self.l.all(i, v, i < v) && self.l.sort().isSorted()"
                + " && self.m.exists(k, k.matches('x+')) && sets.contains(self.l, [1]) && self.a.find('x') == ''"
                + " && cidr('10.0.0.0/8').containsIP(ip('10.1.1.1')) && !format.dns1123Label()"
                + ".validate(self.a).hasValue() && url('https://a').getHost() == 'a' && self.a.split(',').size() > 1"
                + " && isSemver('1.0.0') && duration('1s') < duration('2s') && self.?a.orValue('') != ''");
    }

    @Test
    void an_old_item_of_a_list_without_keys_cannot_be_told() {
        assertThatThrownBy(() -> define(
                        "widgets",
                        "Widget",
                        "",
                        "'l':{'type':'array','items':{'type':'string','x-kubernetes-validations':[{'rule':"
                                + "'self == oldSelf'}]}}"))
                .hasMessageContaining("oldSelf cannot be used on the uncorrelatable portion of the schema within"
                        + " spec.validation.openAPIV3Schema.properties[spec].properties[l]");
    }

    @Test
    void rules_reach_fields_whose_names_cel_cannot_write() {
        define(
                "widgets",
                "Widget",
                "",
                "'x-y':{'type':'integer'},'namespace':{'type':'string'}},'x-kubernetes-validations':[{'rule':"
                        + "'self.x__dash__y > 1 && self.__namespace__ != \\\"b\\\"'}],'oneOf':[{}]");
        assertThatThrownBy(() -> make("{'x-y':1,'namespace':'a'}"))
                .hasMessageContaining("failed rule: self.x__dash__y");
        make("{'x-y':2,'namespace':'a'}");
    }

    private void rule(String expression) {
        define(
                "widgets",
                "Widget",
                "",
                "'a':{'type':'string','maxLength':9},'l':{'type':'array','maxItems':9,'items':{'type':'integer'}},"
                        + "'m':{'type':'object','maxProperties':9,'additionalProperties':{'type':'string'}},'p':{'x-kubernetes-int-or-string':true}},"
                        + "'x-kubernetes-validations':[{'rule':'" + expression.replace("'", "\\\"")
                        + "'}],'oneOf':[{}]");
    }

    private KubeObject make(String spec) {
        return client.create(
                WIDGETS,
                "default",
                json("{'apiVersion':'g.io/v1','kind':'Widget','metadata':{'name':'w'},'spec':" + spec + "}"));
    }

    private void define(String plural, String kind, String names, String properties) {
        client.create(DEFINITIONS, "", definition(plural, kind, names, properties));
    }

    private static KubeObject definition(String plural, String kind, String names, String properties) {
        KubeObject definition = json("{'metadata':{'name':'" + plural + ".g.io'},'spec':{'group':'g.io',"
                + "'scope':'Namespaced','names':{" + names + (names.isEmpty() ? "" : ",") + "'plural':'" + plural
                + "','kind':'" + kind + "'}}}");
        definition.set(schema(properties), "spec", "versions");
        return definition;
    }

    private static List<Object> schema(String properties) {
        return new ArrayList<>(List.of(json("{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{"
                        + "'type':'object','properties':{'spec':{'type':'object','properties':{" + properties
                        + (properties.contains("'oneOf'") ? "" : "}") + "}}}}}")
                .tree()));
    }

    /** For two minutes at most. */
    private void awaitServed(String plural) {
        long start = System.nanoTime();
        while (cluster.server().catalog().find("g.io", plural).isEmpty()) {
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofMinutes(2).toNanos());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static KubeObject json(String json) {
        return TestServer.json(json.replace('\'', '"').replace("\\\"", "'"));
    }
}
