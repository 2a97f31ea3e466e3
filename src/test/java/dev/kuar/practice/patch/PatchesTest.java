package dev.kuar.practice.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PatchesTest {
    private static final Kind DEPLOYMENT =
            Catalog.builtIn().find("apps", "deployments").orElseThrow();

    @Test
    void json_patch_adds_copies_moves_and_tests() {
        assertThat(
                        json(
                                "{'data':{}}",
                                "[{'op':'add','path':'/data/j','value':'1'},{'op':'copy','from':'/data/j','path':'/data/k'},"
                                        + "{'op':'move','from':'/data/k','path':'/data/l'},{'op':'test','path':'/data/l','value':'1'}]"))
                .isEqualTo(text("{'data':{'j':'1','l':'1'}}"));
        assertThat(json("{'a':[1,2]}", "[{'op':'add','path':'/a/-','value':3},{'op':'remove','path':'/a/0'}]"))
                .isEqualTo(text("{'a':[2,3]}"));
    }

    @Test
    void json_patch_refuses_without_saying_why() {
        String all = "the server rejected our request due to an error in our request";
        assertThatThrownBy(() -> json("{'a':'1'}", "[{'op':'test','path':'/a','value':'2'}]"))
                .hasMessage(all);
        assertThatThrownBy(() -> json("{'a':'1'}", "[{'op':'remove','path':'/b'}]"))
                .hasMessage(all);
        assertThatThrownBy(() -> json("{'a':'1'}", "[{'op':'frob','path':'/a'}]"))
                .hasMessage(all);
        assertThatThrownBy(() -> json("{}", "{'op':'add'}"))
                .hasMessage("error decoding patch: json: cannot unmarshal object into Go value of type"
                        + " []handlers.jsonPatchOp");
        assertThatThrownBy(() -> json("{}", "[{")).hasMessage("error decoding patch: unexpected end of JSON input");
    }

    @Test
    void merge_patch_removes_nulls_and_replaces_lists() {
        assertThat(text(Patches.merge(map("{'a':{'b':1,'c':2},'l':[1,2]}"), bytes("{'a':{'b':null},'l':[3]}"))))
                .isEqualTo(text("{'a':{'c':2},'l':[3]}"));
    }

    @Test
    void strategic_patch_merges_containers_by_name() {
        String live =
                "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'y'}]}}}}";
        assertThat(
                        strategic(
                                live,
                                "{'spec':{'template':{'spec':{'containers':[{'name':'b','image':'z'},{'name':'c','image':'w'}]}}}}"))
                .isEqualTo(text("{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x'},"
                        + "{'name':'b','image':'z'},{'name':'c','image':'w'}]}}}}"));
        assertThat(strategic(live, "{'spec':{'template':{'spec':{'containers':[{'name':'a','$patch':'delete'}]}}}}"))
                .isEqualTo(text("{'spec':{'template':{'spec':{'containers':[{'name':'b','image':'y'}]}}}}"));
        assertThat(strategic(
                        live,
                        "{'spec':{'template':{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}],"
                                + "'containers':[{'name':'b','image':'q'}]}}}}"))
                .isEqualTo(text("{'spec':{'template':{'spec':{'containers':[{'name':'b','image':'q'},"
                        + "{'name':'a','image':'x'}]}}}}"));
    }

    @Test
    void strategic_patch_follows_directives() {
        assertThat(strategic(
                        "{'metadata':{'labels':{'a':'1'}}}", "{'metadata':{'labels':{'$patch':'replace','b':'2'}}}"))
                .isEqualTo(text("{'metadata':{'labels':{'b':'2'}}}"));
        assertThat(strategic(
                        "{'metadata':{'finalizers':['a','b']}}",
                        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a']}}"))
                .isEqualTo(text("{'metadata':{'finalizers':['b']}}"));
        assertThat(strategic(
                        "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
                        "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}"))
                .isEqualTo(text("{'spec':{'strategy':{'type':'Recreate'}}}"));
        assertThatThrownBy(() -> strategic("{}", "{'metadata':{'$patch':'nope'}}"))
                .hasMessage("unknown patch type: nope in map: map[$patch:nope]");
    }

    private static String json(String tree, String patch) {
        return text(Patches.json(map(tree), bytes(patch)));
    }

    private static String strategic(String tree, String patch) {
        return text(Patches.strategic(DEPLOYMENT.schema(), map(tree), bytes(patch)));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> map(String json) {
        return JsonReader.readMap(bytes(json));
    }

    private static String text(Object tree) {
        return tree instanceof String json ? json.replace('\'', '"') : JsonWriter.text(tree);
    }
}
