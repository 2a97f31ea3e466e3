package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may write what into claims of devices, and what of it is refused. */
final class DeviceWritesTest {
    private static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");
    private static final GroupResource CLASSES = GroupResource.of("resource.k8s.io", "deviceclasses");
    private static final GroupResource SLICES = GroupResource.of("resource.k8s.io", "resourceslices");
    private static final String RESULT = "'request':'r','driver':'gpu.example.com','pool':'x','device':'0'";

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    private KubeObject claim(String exactly) {
        return client.create(
                CLAIMS,
                "default",
                json(
                        ("{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':'c'},'spec':{'devices':"
                                        + "{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu'" + exactly
                                        + "}}]}}}")
                                .replace('\'', '"')));
    }

    @Test
    void a_selector_has_to_compile() {
        assertThatThrownBy(() -> claim(",'selectors':[{'cel':{'expression':'device.name'}}]"))
                .hasMessageStartingWith("ResourceClaim.resource.k8s.io \"c\" is invalid:"
                        + " spec.devices.requests[0].exactly.selectors[0].cel.expression: Invalid value:"
                        + " \"device.name\": compilation failed: ERROR: <input>:1:7: undefined field 'name'");
        KubeObject type = json("{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"DeviceClass\",\"metadata\":{\"name\":"
                + "\"gpu\"},\"spec\":{\"selectors\":[{\"cel\":{\"expression\":\"device.driver\"}}]}}");
        assertThatThrownBy(() -> client.create(CLASSES, "", type))
                .hasMessage("DeviceClass.resource.k8s.io \"gpu\" is invalid: spec.selectors[0].cel.expression:"
                        + " Invalid value: \"device.driver\": must evaluate to bool or the unknown type, not string");
    }

    @Test
    void an_administrators_access_needs_a_namespace_that_allows_it() {
        assertThatThrownBy(() -> claim(",'adminAccess':true"))
                .hasMessageContaining(
                        "spec.devices.requests[0].adminAccess: Forbidden: admin access to devices requires"
                                + " the `resource.kubernetes.io/admin-access: true` label on the containing namespace");
        KubeObject namespace =
                client.get(GroupResource.core("namespaces"), "", "default").copy();
        namespace.set("true", "metadata", "labels", "resource.kubernetes.io/admin-access");
        client.update(GroupResource.core("namespaces"), namespace);
        assertThat(claim(",'adminAccess':true").name()).isEqualTo("c");
    }

    private KubeObject allocated(KubeObject claim) {
        KubeObject changed = claim.copy();
        changed.set(
                json(("{'devices':{'results':[{" + RESULT + "}]}}").replace('\'', '"'))
                        .tree(),
                "status",
                "allocation");
        return changed;
    }

    private ApiClient as(String user, String rules) {
        client.create(
                GroupResource.of("rbac.authorization.k8s.io", "clusterroles"),
                "",
                json(("{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRole','metadata':{'name':'" + user
                                + "'},'rules':[{'apiGroups':['resource.k8s.io'],'resources':['resourceclaims/status'],"
                                + "'verbs':['update']}" + rules + "]}")
                        .replace('\'', '"')));
        client.create(
                GroupResource.of("rbac.authorization.k8s.io", "clusterrolebindings"),
                "",
                json(("{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRoleBinding','metadata':{'name':'"
                                + user
                                + "'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'"
                                + user + "'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'"
                                + user + "'}]}")
                        .replace('\'', '"')));
        return client.as(UserInfo.of(user, "system:authenticated"), "test");
    }

    private static String may(String resource, String verb) {
        return ",{'apiGroups':['resource.k8s.io'],'resources':['resourceclaims/" + resource + "'],'verbs':['" + verb
                + "']}";
    }

    @Test
    void giving_devices_away_needs_a_right_of_its_own() {
        KubeObject claim = claim("");
        assertThatThrownBy(() -> as("jane", "").updateSubresource(CLAIMS, "status", allocated(claim)))
                .hasMessageContaining("status.allocation: Forbidden: changing status.allocation or status.reservedFor"
                        + " requires resource=\"resourceclaims/binding\", verb=\"update\" permission:"
                        + " resourceclaims.resource.k8s.io is forbidden: User \"jane\" cannot update resource"
                        + " \"resourceclaims/binding\" in API group \"resource.k8s.io\" at the cluster scope");
        KubeObject written = as("joe", may("binding", "update")).updateSubresource(CLAIMS, "status", allocated(claim));
        assertThat(written.maps("status", "allocation", "devices", "results")).hasSize(1);
    }

    @Test
    void what_a_driver_says_of_a_device_needs_a_right_and_goes_with_the_device() {
        KubeObject claim = client.updateSubresource(CLAIMS, "status", allocated(claim("")));
        KubeObject said = claim.copy();
        said.set(
                List.of(json("{\"driver\":\"gpu.example.com\",\"pool\":\"x\",\"device\":\"0\"}")
                        .tree()),
                "status",
                "devices");
        assertThatThrownBy(() -> as("jane", "").updateSubresource(CLAIMS, "status", said))
                .hasMessageContaining("status.devices: Forbidden: changing status.devices requires"
                        + " resource=\"resourceclaims/driver\", verb=\"[arbitrary-node:update]\" permission:");
        KubeObject written = as("joe", may("driver", "arbitrary-node:update"))
                .updateSubresource(CLAIMS, "status", said)
                .copy();
        assertThat(written.maps("status", "devices")).hasSize(1);
        written.set(null, "status", "allocation");
        assertThat(client.updateSubresource(CLAIMS, "status", written).maps("status", "devices"))
                .isEmpty();
    }

    @Test
    void a_taint_begins_when_it_is_written() {
        KubeObject slice = client.create(
                SLICES,
                "",
                json(
                        ("{'apiVersion':'resource.k8s.io/v1','kind':'ResourceSlice','metadata':{'name':'x'},'spec':{'driver':"
                                        + "'gpu.example.com','nodeName':'a','pool':{'name':'x','generation':1,"
                                        + "'resourceSliceCount':1},'devices':[{'name':'0','taints':[{'key':'broken','effect':"
                                        + "'NoExecute'}]}]}}")
                                .replace('\'', '"')));
        KubeObject device = KubeObject.of(slice.maps("spec", "devices").get(0));
        assertThat(device.maps("taints").get(0)).containsKey("timeAdded");
    }
}
