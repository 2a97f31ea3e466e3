package dev.kuar.kubectl.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import org.junit.jupiter.api.Test;

/** Holds what apply would send, and what it makes of an object. */
final class ThreeWayTest {
    private static Tree tree(String json) {
        return new Tree(Json.parse(json.replace('\'', '"')));
    }

    private static String patch(String last, String wanted, String live) {
        return Json.sorted(new ThreeWay(true, "Pod").patch(tree(last), tree(wanted), tree(live)))
                .replace('"', '\'');
    }

    @Test
    void changes_what_differs_and_removes_only_what_was_applied_before() {
        assertThat(patch("{'d':{'a':'1','b':'2'}}", "{'d':{'a':'3'}}", "{'d':{'a':'1','b':'2','c':'4'}}"))
                .isEqualTo("{'d':{'a':'3','b':null}}");
        assertThat(patch("{}", "{'d':{'a':'1'}}", "{'d':{'a':'1','c':'4'}}")).isEqualTo("{}");
    }

    @Test
    void merges_lists_of_containers_by_name() {
        Tree live = tree("{'kind':'Pod','spec':{'containers':[{'name':'a','image':'x','tty':true},{'name':'b'}]}}");
        Tree last = tree("{'spec':{'containers':[{'name':'a','image':'x'},{'name':'b'}]}}");
        Tree wanted = tree("{'spec':{'containers':[{'name':'a','image':'y'}]}}");

        Tree patch = new Tree(new ThreeWay(true, "Pod").patch(last, wanted, live));
        Tree merged = live.copy();
        StrategicMerge.apply(merged, patch);

        assertThat(Json.sorted(merged.at("spec").value()).replace('"', '\''))
                .isEqualTo("{'containers':[{'image':'y','name':'a','tty':true}]}");
    }
}
