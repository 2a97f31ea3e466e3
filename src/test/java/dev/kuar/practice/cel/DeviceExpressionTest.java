package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selectors of devices, as the environment of Kubernetes 1.36 has them. */
final class DeviceExpressionTest {
    private static final KubeObject DEVICE = KubeObject.of(Map.of(
            "name",
            "one",
            "allowMultipleAllocations",
            true,
            "attributes",
            Map.of(
                    "model", Map.of("string", "a100"),
                    "index", Map.of("int", 3L),
                    "healthy", Map.of("bool", true),
                    "other.example.com/version", Map.of("version", "1.10.0")),
            "capacity",
            Map.of("memory", Map.of("value", "80Gi"))));

    private static boolean holds(String expression) {
        return DeviceExpression.compile(expression).matches("gpu.example.com", DEVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device.driver == 'gpu.example.com'",
                "device.attributes['gpu.example.com'].model == 'a100'",
                "device.attributes['gpu.example.com'].index > 2",
                "device.attributes['gpu.example.com'].healthy",
                "device.attributes['other.example.com'].version.isGreaterThan(semver('1.9.0'))",
                "device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) >= 0",
                "device.allowMultipleAllocations",
                "'model' in device.attributes['gpu.example.com']",
                "!('x' in device.attributes['nobody.example.com'])",
                "!('nobody.example.com' in device.attributes)",
                "!has(device.attributes['nobody.example.com'].x)",
                "cel.bind(gpu, device.attributes['gpu.example.com'], gpu.healthy && gpu.index == 3)",
                "device.attributes['gpu.example.com'].exists(name, name == 'model')"
            })
    void selects(String expression) {
        assertThat(holds(expression)).as(expression).isTrue();
    }

    @Test
    void an_attribute_that_is_not_there_is_a_fault_of_the_run() {
        assertThatThrownBy(() -> holds("device.attributes['nobody.example.com'].model == 'x'"))
                .isInstanceOf(CelException.class)
                .hasMessage("no such key: model");
    }

    @Test
    void compiles_only_what_there_is_of_a_device() {
        assertThat(DeviceExpression.fault("device.driver == 'x'")).isNull();
        assertThat(DeviceExpression.fault("device.attributes['x'].y")).isNull();
        assertThat(DeviceExpression.fault("device.driver"))
                .isEqualTo("must evaluate to bool or the unknown type, not string");
        assertThat(DeviceExpression.fault("device.name == 'x'"))
                .startsWith("compilation failed: ERROR: <input>:1:7: undefined field 'name'");
    }
}
