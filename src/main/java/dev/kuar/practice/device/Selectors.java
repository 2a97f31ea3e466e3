package dev.kuar.practice.device;

import dev.kuar.practice.cel.CelException;
import dev.kuar.practice.cel.DeviceExpression;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether devices are what classes and requests select; compiled expressions are kept. Thread-safe. */
final class Selectors {
    private static final int MOST = 200;
    private final Map<String, DeviceExpression> compiled = new ConcurrentHashMap<>();

    /** @param whose for complaints: {@code class gpu}, {@code claim default/mine} */
    boolean match(String whose, List<Map<String, Object>> selectors, Device device) {
        for (int i = 0; i < selectors.size(); i++) {
            String text = KubeObject.of(selectors.get(i)).text("cel", "expression");
            DeviceExpression expression;
            try {
                expression = compiled(text);
            } catch (CelException e) {
                throw AllocationException.ofClaim(
                        whose + ": selector #" + i + ": CEL compile error: " + e.getMessage());
            }
            try {
                if (!expression.matches(device.id().driver(), device.tree())) {
                    return false;
                }
            } catch (CelException e) {
                throw AllocationException.ofClaim(
                        whose + ": selector #" + i + ": CEL runtime error: " + e.getMessage());
            }
        }
        return true;
    }

    private DeviceExpression compiled(String text) {
        DeviceExpression known = compiled.get(text);
        if (known == null) {
            known = DeviceExpression.compile(text);
            if (compiled.size() >= MOST) {
                compiled.clear();
            }
            compiled.put(text, known);
        }
        return known;
    }
}
