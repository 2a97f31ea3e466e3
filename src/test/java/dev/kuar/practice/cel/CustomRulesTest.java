package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.CustomKinds;
import dev.kuar.practice.schema.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CustomRulesTest {
    private static final Kind CRON_TAB = CustomKinds.of(
                    json("{'spec':{'group':'stable.example.com','scope':'Namespaced',"
                            + "'names':{'plural':'crontabs','kind':'CronTab'},'versions':[{'name':'v1','served':true,'storage':true,"
                            + "'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',"
                            + "'x-kubernetes-validations':[{'rule':'self.minReplicas <= self.replicas','message':"
                            + "'replicas should be at least minReplicas'}],'properties':{'minReplicas':{'type':'integer'},"
                            + "'replicas':{'type':'integer'},'fixed':{'type':'string','x-kubernetes-validations':[{'rule':"
                            + "'self == oldSelf','message':'fixed is immutable'}]}}}}}}}]}}"))
            .get(0);

    private final CustomRules rules = new CustomRules();

    @Test
    void a_rule_that_does_not_hold_says_its_message() {
        assertThat(check("{'spec':{'minReplicas':5,'replicas':3}}", null, false))
                .containsExactly("spec: Invalid value: replicas should be at least minReplicas");
        assertThat(check("{'spec':{'minReplicas':1,'replicas':3}}", null, false))
                .isEmpty();
    }

    @Test
    void a_rule_on_the_old_value_waits_for_a_change() {
        assertThat(check("{'spec':{'minReplicas':1,'replicas':3,'fixed':'a'}}", null, false))
                .isEmpty();
        assertThat(check(
                        "{'spec':{'minReplicas':1,'replicas':3,'fixed':'b'}}",
                        "{'spec':{'minReplicas':1,'replicas':3,'fixed':'a'}}",
                        false))
                .containsExactly("spec.fixed: Invalid value: \"b\": fixed is immutable");
    }

    @Test
    void an_invalid_object_is_not_asked() {
        assertThat(check("{'spec':{}}", null, true))
                .containsExactly(
                        "<nil>: Invalid value: null: some validation rules were not checked because the object was"
                                + " invalid; correct the existing errors to complete validation");
    }

    @Test
    void policies_read_objects_as_kubernetes_does() {
        CelProgram red = CelProgram.compile(
                "!has(object.data) || !('color' in object.data) || object.data.color != 'red'", Set.of("object"));
        assertThat(red.holds(Map.of("object", Map.of("data", Map.of("color", "red")))))
                .isFalse();
        assertThat(red.holds(Map.of("object", Map.of("data", Map.of("color", "blue")))))
                .isTrue();
        assertThat(red.holds(Map.of("object", Map.of()))).isTrue();
        assertThatThrownBy(() -> CelProgram.compile("object.", Set.of("object")))
                .isInstanceOf(CelException.class);
    }

    private List<String> check(String now, @Nullable String old, boolean invalid) {
        return rules.check(CRON_TAB, json(now), old == null ? null : json(old), invalid).stream()
                .map(cause -> cause.get("field") + ": " + cause.get("message"))
                .toList();
    }

    private static KubeObject json(String json) {
        return KubeObject.of(JsonReader.readMap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
