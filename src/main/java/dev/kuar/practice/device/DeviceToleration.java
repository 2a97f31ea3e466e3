package dev.kuar.practice.device;

import java.util.Map;
import java.util.Objects;

/** Whether a toleration of a request accepts a taint of a device. */
public final class DeviceToleration {
    private DeviceToleration() {}

    public static boolean tolerates(Map<String, Object> toleration, Map<String, Object> taint) {
        String effect = text(toleration, "effect");
        String key = text(toleration, "key");
        if ((!effect.isEmpty() && !effect.equals(text(taint, "effect")))
                || (!key.isEmpty() && !key.equals(text(taint, "key")))) {
            return false;
        }
        return switch (text(toleration, "operator")) {
            case "", "Equal" -> text(toleration, "value").equals(text(taint, "value"));
            case "Exists" -> true;
            default -> false;
        };
    }

    private static String text(Map<String, Object> tree, String name) {
        return Objects.toString(tree.get(name), "");
    }
}
