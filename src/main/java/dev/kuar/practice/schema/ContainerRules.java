package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One container of a pod. */
final class ContainerRules {
    private ContainerRules() {}

    static void check(KubeObject container, String path, Set<String> volumes, FieldErrors errors) {
        String name = container.text("name");
        if (name.isEmpty()) {
            errors.required(path + ".name", "");
        } else {
            errors.syntax(path + ".name", name, Syntax.label(name));
        }
        String image = container.text("image");
        if (image.isEmpty() && !path.contains("template")) {
            errors.required(path + ".image", "");
        } else if (!image.strip().equals(image)) {
            errors.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            probe(container, probe, path, errors);
        }
        ports(container, path, errors);
        env(container, path, errors);
        mounts(container, path, volumes, errors);
        errors.oneOf(
                path + ".imagePullPolicy", container.at("imagePullPolicy"), List.of("Always", "IfNotPresent", "Never"));
        resources(container, path, errors);
    }

    private static void probe(KubeObject container, String probe, String path, FieldErrors errors) {
        KubeObject view = KubeObject.of(container.map(probe));
        if (container.at(probe) == null) {
            return;
        }
        String field = path + "." + probe;
        long handlers = List.of("exec", "httpGet", "tcpSocket", "grpc").stream()
                .filter(each -> view.at(each) != null)
                .count();
        if (handlers == 0) {
            errors.required(field, "must specify a handler type");
        } else if (handlers > 1) {
            errors.forbidden(field, "may not specify more than 1 handler type");
        }
        for (String each : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            errors.atLeast(field + "." + each, view.at(each), 0);
        }
        if (!probe.equals("readinessProbe") && view.number(1, "successThreshold") != 1) {
            errors.invalid(field + ".successThreshold", view.at("successThreshold"), "must be 1");
        }
    }

    private static void ports(KubeObject container, String path, FieldErrors errors) {
        List<Map<String, Object>> ports = container.maps("ports");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            KubeObject port = KubeObject.of(ports.get(i));
            String field = path + ".ports[" + i + "]";
            String name = port.text("name");
            if (!name.isEmpty()) {
                errors.syntax(field + ".name", name, Syntax.portName(name));
                if (!names.add(name)) {
                    errors.duplicate(field + ".name", name);
                }
            }
            if (port.number(0, "containerPort") == 0) {
                errors.required(field + ".containerPort", "");
            } else {
                errors.between(field + ".containerPort", port.at("containerPort"), 1, 65535);
            }
            if (port.number(0, "hostPort") != 0) {
                errors.between(field + ".hostPort", port.at("hostPort"), 1, 65535);
            }
            errors.oneOf(field + ".protocol", port.at("protocol"), List.of("SCTP", "TCP", "UDP"));
        }
    }

    private static void env(KubeObject container, String path, FieldErrors errors) {
        List<Map<String, Object>> env = container.maps("env");
        for (int i = 0; i < env.size(); i++) {
            KubeObject variable = KubeObject.of(env.get(i));
            String field = path + ".env[" + i + "]";
            if (variable.text("name").isEmpty()) {
                errors.required(field + ".name", "");
            } else if (variable.text("name").contains("=")) {
                errors.invalid(
                        field + ".name",
                        variable.text("name"),
                        "environment variable names must be a valid printable ASCII character, and must not contain '='");
            }
            if (variable.at("valueFrom") != null && !variable.text("value").isEmpty()) {
                errors.invalid(field + ".valueFrom", "", "may not be specified when `value` is not empty");
            }
        }
    }

    private static void mounts(KubeObject container, String path, Set<String> volumes, FieldErrors errors) {
        List<Map<String, Object>> mounts = container.maps("volumeMounts");
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            KubeObject mount = KubeObject.of(mounts.get(i));
            String field = path + ".volumeMounts[" + i + "]";
            if (mount.text("name").isEmpty()) {
                errors.required(field + ".name", "");
            } else if (!volumes.contains(mount.text("name"))) {
                errors.notFound(field + ".name", mount.text("name"));
            }
            if (mount.text("mountPath").isEmpty()) {
                errors.required(field + ".mountPath", "");
            } else if (!paths.add(mount.text("mountPath"))) {
                errors.invalid(field + ".mountPath", mount.text("mountPath"), "must be unique");
            }
        }
    }

    private static void resources(KubeObject container, String path, FieldErrors errors) {
        Map<String, Object> limits = container.map("resources", "limits");
        for (String list : List.of("limits", "requests")) {
            container.map("resources", list).forEach((name, value) -> {
                if (Quantity.of(value).compareTo(Quantity.ZERO) < 0) {
                    errors.invalid(
                            path + ".resources." + list + "[" + name + "]",
                            value,
                            "must be greater than or equal to 0");
                }
            });
        }
        container.map("resources", "requests").forEach((name, request) -> {
            Object limit = limits.get(name);
            if (limit != null && Quantity.of(request).compareTo(Quantity.of(limit)) > 0) {
                errors.invalid(
                        path + ".resources.requests",
                        request,
                        "must be less than or equal to " + name + " limit of " + limit);
            }
        });
    }
}
