package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** Device classes: their selectors have to compile, those that are new. */
final class DeviceClassStrategy implements Strategy {
    @Override
    public List<Map<String, Object>> errors(Write write) {
        KubeObject old = write.old();
        List<Map<String, Object>> selectors = write.object().maps("spec", "selectors");
        return old != null && old.maps("spec", "selectors").equals(selectors)
                ? List.of()
                : DeviceSelectors.errors(selectors, "spec.selectors");
    }
}
