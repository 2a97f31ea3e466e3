package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** The downward API: what a pod may ask about itself. */
final class PodFields {
    private final KubeObject pod;
    private final KubeObject node;
    private final String podIp;

    /** @param podIp empty while there is none */
    PodFields(KubeObject pod, KubeObject node, String podIp) {
        this.pod = pod;
        this.node = node;
        this.podIp = podIp;
    }

    /** The value of a {@code fieldRef}. */
    String field(String path) {
        if (path.startsWith("metadata.labels['") && path.endsWith("']")) {
            return pod.labels().getOrDefault(path.substring(17, path.length() - 2), "");
        }
        if (path.startsWith("metadata.annotations['") && path.endsWith("']")) {
            return pod.annotations().getOrDefault(path.substring(22, path.length() - 2), "");
        }
        return switch (path) {
            case "metadata.labels" -> lines(pod.labels());
            case "metadata.annotations" -> lines(pod.annotations());
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp(node);
            case "spec.nodeName" -> node.name();
            case "spec.serviceAccountName" -> pod.text("spec", "serviceAccountName");
            default -> pod.text(path.split("\\."));
        };
    }

    static String hostIp(KubeObject node) {
        return node.maps("status", "addresses").stream()
                .filter(a -> "InternalIP".equals(a.get("type")))
                .map(a -> String.valueOf(a.get("address")))
                .findFirst()
                .orElse("");
    }

    private static String lines(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values).forEach((key, value) -> text.append(text.length() == 0 ? "" : "\n")
                .append(key)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        return text.toString();
    }

    /** The value of a {@code resourceFieldRef} of a container: in units of its divisor, rounded up. */
    String resource(KubeObject container, KubeObject reference) {
        String[] path = reference.text("resource").split("\\.", 2);
        String name = path.length > 1 ? path[1] : "";
        Object value = container.at("resources", path[0], name);
        if (value == null && path[0].equals("requests")) {
            value = container.at("resources", "limits", name);
        }
        if (value == null && path[0].equals("limits")) {
            value = node.at("status", "allocatable", name);
        }
        Quantity divisor = Quantity.of(reference.at("divisor"));
        BigDecimal by = divisor.isZero() ? BigDecimal.ONE : divisor.value();
        return Quantity.of(value).value().divide(by, 0, RoundingMode.CEILING).toPlainString();
    }
}
