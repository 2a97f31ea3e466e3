package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;

/** How a container mounts a volume; upstream reports most of it at the list, not at the mount. */
final class MountChecks {
    private MountChecks() {}

    static void paths(KubeObject mount, String at, String list, FieldErrors errors) {
        String sub = mount.text("subPath");
        String expression = mount.text("subPathExpr");
        within(sub, list + ".subPath", errors);
        if (!expression.isEmpty() && !sub.isEmpty()) {
            errors.invalid(at + ".subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
        }
        within(expression, list + ".subPathExpr", errors);
    }

    private static void within(String path, String at, FieldErrors errors) {
        if (path.startsWith("/")) {
            errors.invalid(at, path, "must be a relative path");
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            errors.invalid(at, path, "must not contain '..'");
        }
    }

    static void propagation(KubeObject mount, KubeObject container, String list, FieldErrors errors) {
        String mode = mount.text("mountPropagation");
        String at = list + ".mountPropagation";
        errors.oneOf(at, mode, List.of("Bidirectional", "HostToContainer", "None"));
        if (mode.equals("Bidirectional") && !container.flag("securityContext", "privileged")) {
            errors.forbidden(at, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    static void recursive(KubeObject mount, String list, FieldErrors errors) {
        String mode = mount.text("recursiveReadOnly");
        String at = list + ".recursiveReadOnly";
        errors.oneOf(at, mode, List.of("Disabled", "Enabled", "IfPossible"));
        if (!mode.equals("Enabled") && !mode.equals("IfPossible")) {
            return;
        }
        if (!mount.flag("readOnly")) {
            errors.forbidden(at, "may only be specified when readOnly is true");
        }
        String propagation = mount.text("mountPropagation");
        if (!propagation.isEmpty() && !propagation.equals("None")) {
            errors.forbidden(at, "may only be specified when mountPropagation is None or not specified");
        }
    }
}
