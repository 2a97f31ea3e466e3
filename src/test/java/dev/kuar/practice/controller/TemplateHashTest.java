package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes against those that the code of Kubernetes 1.36.2 computes, from {@code hashes/template-hashes.txt}. */
final class TemplateHashTest {
    static List<String> templates() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(TemplateHashTest.class.getResourceAsStream("/hashes/template-hashes.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void a_template_has_kubernetes_hash(String line) {
        String[] parts = line.split(" ", 3);
        Long collisions = parts[1].equals("-") ? null : Long.valueOf(parts[1]);
        assertThat(TemplateHash.of(JsonReader.readMap(parts[2].getBytes(StandardCharsets.UTF_8)), collisions))
                .isEqualTo(parts[0]);
    }

    @org.junit.jupiter.api.Test
    void what_a_stateful_set_keeps_has_kubernetes_hash() {
        String kept =
                "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"app\":\"db\"}},\"$patch\":\"replace\",\"spec\":"
                        + "{\"containers\":[{\"name\":\"c\",\"image\":\"busybox:1.36\",\"command\":[\"sleep\",\"3600\"],"
                        + "\"resources\":{},\"terminationMessagePath\":\"/dev/termination-log\",\"terminationMessagePolicy\":"
                        + "\"File\",\"imagePullPolicy\":\"IfNotPresent\"}],\"restartPolicy\":\"Always\","
                        + "\"terminationGracePeriodSeconds\":0,\"dnsPolicy\":\"ClusterFirst\",\"securityContext\":{},"
                        + "\"schedulerName\":\"default-scheduler\"}}}}";
        assertThat(TemplateHash.ofData(JsonReader.readMap(kept.getBytes(StandardCharsets.UTF_8)), 0))
                .isEqualTo("68b7b7ddd6");
    }
}
