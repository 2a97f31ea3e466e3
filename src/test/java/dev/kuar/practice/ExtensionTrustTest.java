package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import org.junit.jupiter.api.Test;

/** A cluster that was made before front proxies had an authority of their own tells of it once it starts again. */
final class ExtensionTrustTest {
    private static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");
    private static final String NAME = "extension-apiserver-authentication";

    private final FakeApiClient client = new FakeApiClient(new ManualClock());

    private KubeObject config() {
        return client.get(CONFIG_MAPS, "kube-system", NAME);
    }

    @Test
    void the_authority_is_told_where_it_was_another_and_then_left_alone() {
        KubeObject old = KubeObject.create("v1", "ConfigMap", "kube-system", NAME);
        old.set("the cluster's", "data", "client-ca-file");
        old.set("the cluster's", "data", "requestheader-client-ca-file");
        client.create(CONFIG_MAPS, "kube-system", old);

        ExtensionTrust.publish(client, "the front proxy's");

        assertThat(config().textMap("data"))
                .containsEntry("client-ca-file", "the cluster's")
                .containsEntry("requestheader-client-ca-file", "the front proxy's");
        String version = config().resourceVersion();
        ExtensionTrust.publish(client, "the front proxy's");
        assertThat(config().resourceVersion()).isEqualTo(version);
    }

    @Test
    void nothing_is_made_where_nobody_wants_to_know() {
        ExtensionTrust.publish(client, "the front proxy's");

        assertThat(client.find(CONFIG_MAPS, "kube-system", NAME)).isEmpty();
    }
}
