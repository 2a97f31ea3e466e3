package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the expressions of policies and webhooks when they are written. */
final class ExpressionChecksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "request.userInfo.username == 'a' && request.userInfo.extra['x'][0] == 'b' | ",
                "request.kind.group == '' && request.dryRun && request.options.x == 1 | ",
                "namespaceObject.metadata.labels['a'] == 'b' && namespaceObject.spec.finalizers.size() == 1 | ",
                "authorizer.group('apps').resource('x').check('get').allowed() | ",
                "authorizer.requestResource.check('get').allowed() | ",
                "request.user == 'a' | compilation failed: ERROR: <input>:1:8: undefined field 'user'",
                "request.dryRun == 1 | compilation failed: ERROR: <input>:1:16: found no matching overload for '_==_' applied to '(bool, int)'",
                "namespaceObject.metadata.ownerReferences.size() == 0 | compilation failed: ERROR: <input>:1:25: undefined field 'ownerReferences'",
                "authorizer.allowed() | compilation failed: ERROR: <input>:1:19: found no matching overload for 'allowed' applied to 'kubernetes.authorization.Authorizer.()'",
                "request.name | must evaluate to bool but got string",
                "params.x == 1 | compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')"
            })
    void requests_namespaces_and_authorizers_have_types(String expression, String fault) {
        List<String> said = said("{'kind':'ValidatingAdmissionPolicy','spec':{'validations':[{'expression':"
                + quoted(expression) + "}]}}");
        if (fault == null) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith("spec.validations[0].expression")
                    .contains(fault);
        }
        List<String> ofHook =
                said("{'kind':'ValidatingWebhookConfiguration','webhooks':[{'matchConditions':[{'name':'a',"
                        + "'expression':" + quoted(expression) + "}]}]}");
        assertThat(ofHook).hasSameSizeAs(said);
    }

    @Test
    void messages_are_made_without_the_authorizer_and_notes_are_texts_or_nothing() {
        assertThat(said(
                        "{'kind':'ValidatingAdmissionPolicy','spec':{'validations':[{'expression':'true','messageExpression':"
                                + quoted("authorizer.path('/x').check('get').reason()") + "}]}}"))
                .singleElement()
                .asString()
                .contains("spec.validations[0].messageExpression", "undeclared reference to 'authorizer'");
        assertThat(said("{'kind':'ValidatingAdmissionPolicy','spec':{'auditAnnotations':[{'key':'a','valueExpression':"
                        + quoted("request.name")
                        + "},{'key':'b','valueExpression':'null'},{'key':'c','valueExpression':'1'}]}}"))
                .containsExactly(
                        "spec.auditAnnotations[2].valueExpression Invalid value: \"1\": must evaluate to one of"
                                + " [string null_type] but got int");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ApplyConfiguration | Object{metadata: Object.metadata{labels: {'a': 'b'}}} | ",
                "ApplyConfiguration | Object{spec: Object.spec{replicas: variables.many ? 1 : 2}} | ",
                "ApplyConfiguration | has(object.x) ? Object{} : Object{spec: Object.spec{a: [Object.spec.a.item{b: 1}]}} | ",
                "JSONPatch | [JSONPatch{op: 'add', path: '/a/' + jsonpatch.escapeKey('b/c'), value: 1}] | ",
                "ApplyConfiguration | {'a': 1} | must evaluate to Object but got map(string, int)",
                "ApplyConfiguration | Object.spec{a: 1} | must evaluate to Object but got Object.spec",
                "ApplyConfiguration | Object{spec: Object.spec{replicas: nope}} | undeclared reference to 'nope'",
                "ApplyConfiguration | Object{ | compilation failed: ERROR: <input>:1:8: Syntax error",
                "JSONPatch | [JSONPatch{op: 1}] | expected type of field 'op' is 'string' but provided type is 'int'",
                "JSONPatch | [JSONPatch{oops: 'add'}] | undefined field 'oops'",
                "JSONPatch | JSONPatch{op: 'add'} | must evaluate to list(JSONPatch) but got JSONPatch",
                "JSONPatch | [{'op': 'add'}] | must evaluate to list(JSONPatch) but got list(map(string, string))"
            })
    void mutations_make_objects_or_patches(String type, String expression, String fault) {
        String field = type.equals("JSONPatch") ? "jsonPatch" : "applyConfiguration";
        List<String> said =
                said("{'kind':'MutatingAdmissionPolicy','spec':{'variables':[{'name':'many','expression':'true'}],"
                        + "'mutations':[{'patchType':'" + type + "','" + field + "':{'expression':" + quoted(expression)
                        + "}}]}}");
        if (fault == null) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith("spec.mutations[0]." + field + ".expression ")
                    .contains(fault);
        }
    }

    private static List<String> said(String json) {
        return ExpressionChecks.ofAdmission(
                        KubeObject.of(JsonReader.readMap(json(json).getBytes(StandardCharsets.UTF_8))))
                .stream()
                .map(each -> each.get("field") + " " + each.get("message"))
                .toList();
    }

    private static String quoted(String expression) {
        return "'" + expression.replace("'", "\u0001") + "'";
    }

    private static String json(String json) {
        return json.replace('\'', '"').replace('\u0001', '\'');
    }
}
