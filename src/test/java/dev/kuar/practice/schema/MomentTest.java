package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MomentTest {
    private final Kind pods = Catalog.builtIn().find("", "pods").orElseThrow();

    @Test
    void writes_null_for_a_moment_that_go_holds_by_value() {
        Map<String, Object> condition = Map.of("type", "Ready", "status", "True");
        KubeObject pod = KubeObject.of(Decoder.conform(pods, Map.of("status", Map.of("conditions", List.of(condition))))
                .tree());
        Map<String, Object> shaped = pod.maps("status", "conditions").get(0);
        assertThat(shaped).containsEntry("lastProbeTime", null).containsEntry("lastTransitionTime", null);
        assertThat(pod.map("status")).doesNotContainKey("startTime");
    }
}
