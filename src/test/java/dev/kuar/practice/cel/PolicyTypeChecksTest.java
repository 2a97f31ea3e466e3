package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.CustomKinds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the types of the kinds that a policy is about say of its expressions. */
final class PolicyTypeChecksTest {
    private static final String DEPLOYMENTS = "{'apiGroups':['apps'],'apiVersions':['v1'],'resources':['deployments']}";

    @Test
    void expressions_that_fit_are_not_mentioned() {
        assertThat(warnings(DEPLOYMENTS, "{'expression':'object.spec.replicas > 1'}"))
                .isEmpty();
        assertThat(warnings(
                        DEPLOYMENTS,
                        "{'expression':'object.metadata.labels.all(k, k.size() < 9) && object.kind == \\\"Deployment\\\" &&"
                                + " oldObject.metadata.creationTimestamp < timestamp(\\\"2030-01-01T00:00:00Z\\\")'},"
                                + "{'expression':'object.spec.template.spec.containers.all(c, c.image.size() > 0) &&"
                                + " object.spec.strategy.rollingUpdate.maxSurge == 1'}"))
                .isEmpty();
    }

    @Test
    void confused_types_and_unknown_fields_are() {
        List<String> said = warnings(
                DEPLOYMENTS,
                "{'expression':'object.spec.replicas > \\\"1\\\"','messageExpression':'\\\"got \\\" + object.spec.replicas'},"
                        + "{'expression':'object.spec.maxRetries < 10'},"
                        + "{'expression':'variables.many && request.nobody == 1'}");
        assertThat(said).hasSize(4);
        assertThat(said.get(0))
                .startsWith("spec.validations[0].expression apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no"
                        + " matching overload for '_>_' applied to '(int, string)'")
                .endsWith("\n");
        assertThat(said.get(1))
                .startsWith("spec.validations[0].messageExpression ")
                .contains("found no matching overload for '_+_' applied to '(string, int)'");
        assertThat(said.get(2)).contains("undefined field 'maxRetries'");
        assertThat(said.get(3)).contains("undefined field 'nobody'").doesNotContain("undefined field 'many'");
    }

    @Test
    void each_kind_that_is_named_says_its_own() {
        String rules =
                "{'apiGroups':['apps'],'apiVersions':['v1'],'resources':['statefulsets','deployments','x/y','*']},"
                        + "{'apiGroups':['*'],'apiVersions':['v1'],'resources':['pods']}";
        assertThat(warnings(rules, "{'expression':'object.spec.x == 1'}"))
                .singleElement()
                .asString()
                .containsSubsequence("apps/v1, Kind=Deployment: ERROR", "\n\napps/v1, Kind=StatefulSet: ERROR")
                .doesNotContain("Pod");
    }

    @Test
    void custom_resources_have_the_types_of_their_schema_and_all_of_the_metadata() {
        KubeObject definition =
                json("{'spec':{'group':'g.io','scope':'Namespaced','names':{'plural':'crons','kind':'Cron'},"
                        + "'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object',"
                        + "'properties':{'spec':{'type':'object','properties':{'replicas':{'type':'integer'}}}}}}}]}}");
        PolicyTypeChecks checks = new PolicyTypeChecks(() -> Catalog.builtIn().with(CustomKinds.of(definition)));
        String rules = "{'apiGroups':['g.io'],'apiVersions':['v1'],'resources':['crons']}";
        assertThat(warnings(
                        checks,
                        rules,
                        "{'expression':'object.spec.replicas > 1 && object.metadata.labels.size() > 0 &&"
                                + " object.apiVersion == \\\"g.io/v1\\\"'}"))
                .isEmpty();
        assertThat(warnings(checks, rules, "{'expression':'object.spec.replicas'},{'expression':'object.spec.x'}"))
                .singleElement()
                .asString()
                .contains("undefined field 'x'");
    }

    private static List<String> warnings(String rules, String validations) {
        return warnings(new PolicyTypeChecks(Catalog::builtIn), rules, validations);
    }

    private static List<String> warnings(PolicyTypeChecks checks, String rules, String validations) {
        KubeObject policy =
                json("{'kind':'ValidatingAdmissionPolicy','spec':{'matchConstraints':{'resourceRules':[" + rules
                        + "]},'variables':[{'name':'many','expression':'object.spec.replicas > 5'}],'validations':["
                        + validations + "]}}");
        return checks.warnings(policy).stream()
                .map(each -> each.get("fieldRef") + " " + each.get("warning"))
                .toList();
    }

    private static KubeObject json(String json) {
        String text = json.replace("\\\"", "\u0001").replace('\'', '"').replace("\u0001", "\\\"");
        return KubeObject.of(JsonReader.readMap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
