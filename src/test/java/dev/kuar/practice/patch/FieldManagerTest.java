package dev.kuar.practice.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.CustomKinds;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldManagerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:21:35Z");
    private final Catalog catalog = Catalog.builtIn();
    private final Kind configMap = catalog.find("", "configmaps").orElseThrow();
    private final Kind deployment = catalog.find("apps", "deployments").orElseThrow();

    @Test
    void a_create_owns_what_it_sets() {
        KubeObject made = created(configMap, "{'metadata':{'name':'c','labels':{'a':'b'}},'data':{'m':'1'}}");
        assertThat(fields(made, 0))
                .isEqualTo("{'f:data':{'.':{},'f:m':{}},'f:metadata':{'f:labels':{'.':{},'f:a':{}}}}");
        assertThat(made.maps("metadata", "managedFields").get(0))
                .containsEntry("manager", "curl")
                .containsEntry("operation", "Update")
                .containsEntry("time", "2026-11-22T19:21:35Z");
    }

    @Test
    void structs_that_are_always_there_are_owned_by_nobody() {
        KubeObject made = created(
                deployment,
                "{'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                        + "'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
        assertThat(fields(made, 0))
                .isEqualTo(
                        "{'f:spec':{'f:selector':{},'f:template':{'f:metadata':{'f:labels':{'.':{},'f:a':{}}},"
                                + "'f:spec':{'f:containers':{'k:{\\'name\\':\\'c\\'}':{'.':{},'f:image':{},'f:name':{},'f:resources':{}}}}}}}");
    }

    @Test
    void an_update_takes_what_it_changes_and_drops_what_it_removes() {
        KubeObject old = created(configMap, "{'data':{'a':'1','b':'1'}}");
        KubeObject now = conformed(configMap, "{'data':{'a':'2','c':'1'}}");
        FieldManager.update(configMap, old, now, "other", "", NOW);
        assertThat(now.maps("metadata", "managedFields")).hasSize(2);
        assertThat(fields(now, 0)).isEqualTo("{'f:data':{}}");
        assertThat(fields(now, 1)).isEqualTo("{'f:data':{'f:a':{},'f:c':{}}}");
    }

    @Test
    void appliers_share_conflict_force_and_drop() {
        KubeObject alice = apply(null, "{'metadata':{'name':'ssa'},'data':{'a':'1','b':'1'}}", "alice", false);
        assertThat(fields(alice, 0)).isEqualTo("{'f:data':{'f:a':{},'f:b':{}}}");

        assertThatThrownBy(() -> apply(alice, "{'metadata':{'name':'ssa'},'data':{'a':'2','b':'2'}}", "bob", false))
                .hasMessage("Apply failed with 2 conflicts: conflicts with \"alice\":\n- .data.a\n- .data.b");
        assertThatThrownBy(() -> apply(alice, "{'data':{'a':'2'}}", "bob", false))
                .hasMessage("Apply failed with 1 conflict: conflict with \"alice\": .data.a");

        KubeObject forced = apply(alice, "{'metadata':{'name':'ssa'},'data':{'a':'2'}}", "bob", true);
        assertThat(fields(forced, 0)).isEqualTo("{'f:data':{'f:b':{}}}");
        assertThat(fields(forced, 1)).isEqualTo("{'f:data':{'f:a':{}}}");

        KubeObject dropped = apply(forced, "{'metadata':{'name':'ssa'}}", "alice", false);
        assertThat(dropped.map("data")).isEqualTo(Map.of("a", "2"));
        assertThat(dropped.maps("metadata", "managedFields")).hasSize(1);
    }

    @Test
    void metadata_itself_is_nobodys() {
        KubeObject made =
                apply(null, "{'metadata':{'name':'c','finalizers':['a.b/c'],'labels':{'a':'b'}}}", "m", false);
        assertThat(fields(made, 0))
                .isEqualTo("{'f:metadata':{'f:finalizers':{'v:\\'a.b/c\\'':{}},'f:labels':{'f:a':{}}}}");
    }

    @Test
    void finalizers_and_owners_of_custom_resources_are_told_apart() {
        Kind custom = CustomKinds.of(KubeObject.of(json("{'spec':{'group':'g.io','scope':'Namespaced',"
                        + "'names':{'plural':'tunes','kind':'Tune'},'versions':[{'name':'v1','served':true,"
                        + "'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}")))
                .get(0);
        KubeObject made = created(
                custom,
                "{'metadata':{'name':'c','finalizers':['a.b/c'],'ownerReferences':[{'apiVersion':'v1','kind':'K','name':'n','uid':'u'}]}}");
        assertThat(fields(made, 0))
                .isEqualTo("{'f:metadata':{'f:finalizers':{'.':{},'v:\\'a.b/c\\'':{}},"
                        + "'f:ownerReferences':{'.':{},'k:{\\'uid\\':\\'u\\'}':{}}}}");
    }

    @Test
    void an_apply_of_the_same_changes_nothing() {
        KubeObject live = apply(null, "{'metadata':{'name':'ssa'},'data':{'a':'1'}}", "alice", false);
        KubeObject again = FieldManager.apply(
                configMap,
                live,
                json("{'metadata':{'name':'ssa'},'data':{'a':'1'}}"),
                "alice",
                false,
                "",
                NOW.plusSeconds(9));
        assertThat(again).isEqualTo(live);
    }

    @Test
    void an_unknown_field_is_not_declared_in_schema() {
        assertThatThrownBy(() -> apply(null, "{'metadata':{'name':'ssa'},'bogus':1}", "alice", false))
                .hasMessage(
                        "failed to create typed patch object (/ssa; /v1, Kind=ConfigMap): .bogus: field not declared"
                                + " in schema");
    }

    private KubeObject apply(KubeObject live, String intent, String manager, boolean force) {
        return FieldManager.apply(configMap, live, json(intent), manager, force, "", NOW);
    }

    private static KubeObject created(Kind kind, String json) {
        KubeObject made = conformed(kind, json);
        FieldManager.update(kind, null, made, "curl", "", NOW);
        return made;
    }

    private static KubeObject conformed(Kind kind, String json) {
        return KubeObject.of(Decoder.conform(kind, json(json)).tree());
    }

    private static String fields(KubeObject object, int index) {
        return JsonWriter.text(
                        object.maps("metadata", "managedFields").get(index).get("fieldsV1"))
                .replace('"', '\'');
    }

    private static Map<String, Object> json(String json) {
        return JsonReader.readMap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
