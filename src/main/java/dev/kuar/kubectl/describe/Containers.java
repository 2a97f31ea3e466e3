package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The containers of a pod or a template. */
final class Containers {
    private final Sheet sheet;
    private final Tree pod;
    private final boolean template;

    /** {@code pod} holds {@code spec} and, unless it is a template, {@code status}. */
    Containers(Sheet sheet, Tree pod, boolean template) {
        this.sheet = sheet;
        this.pod = pod;
        this.template = template;
    }

    void show(int level, String label, String field, String statuses) {
        List<Tree> containers = pod.items("spec", field);
        if (containers.isEmpty()) {
            return;
        }
        sheet.line(level, label + ":");
        for (Tree container : containers) {
            Tree status = pod.items("status", statuses).stream()
                    .filter(each -> each.text("name").equals(container.text("name")))
                    .findFirst()
                    .orElse(Tree.NONE);
            container(container, status);
        }
    }

    private void container(Tree container, Tree status) {
        sheet.line(1, (template ? " " : "") + container.text("name") + ":");
        if (status.isMap()) {
            sheet.field(2, "Container ID", status.text("containerID"));
        }
        sheet.field(2, "Image", container.text("image"));
        if (status.isMap()) {
            sheet.field(2, "Image ID", status.text("imageID"));
        }
        ports(container, "Port", "containerPort");
        ports(container, "Host Port", "hostPort");
        if (container.has("securityContext", "seccompProfile")) {
            sheet.field(2, "SeccompProfile", container.text("securityContext", "seccompProfile", "type"));
        }
        words("Command", container.texts("command"));
        words("Args", container.texts("args"));
        if (status.isMap()) {
            state("State", status.at("state"));
            if (status.has("lastState", "terminated")) {
                state("Last State", status.at("lastState"));
            }
            sheet.field(2, "Ready", title(status.flag("ready")));
            sheet.field(2, "Restart Count", status.textOr("0", "restartCount"));
        }
        resources(sheet, 2, container.at("resources"));
        probe("Liveness", container.at("livenessProbe"));
        probe("Readiness", container.at("readinessProbe"));
        probe("Startup", container.at("startupProbe"));
        new Environment(sheet, pod, template).show(container);
        mounts(container);
    }

    static String title(boolean flag) {
        return flag ? "True" : "False";
    }

    private void ports(Tree container, String label, String field) {
        String text = container.items("ports").stream()
                .map(port -> port.number(0, field) + "/" + port.textOr("TCP", "protocol")
                        + (port.text("name").isEmpty() ? "" : " (" + port.text("name") + ")"))
                .collect(Collectors.joining(", "));
        sheet.field(2, text.contains(",") ? label + "s" : label, text.isEmpty() ? "<none>" : text);
    }

    private void words(String label, List<String> words) {
        if (!words.isEmpty()) {
            sheet.line(2, label + ":");
            words.forEach(word -> word.lines().forEach(line -> sheet.line(3, line)));
        }
    }

    private void state(String label, Tree state) {
        if (state.has("running")) {
            sheet.field(2, label, "Running");
            sheet.field(3, "Started", sheet.longTime(state.text("running", "startedAt")));
        } else if (state.has("terminated")) {
            Tree end = state.at("terminated");
            sheet.field(2, label, "Terminated");
            optional(3, "Reason", end.text("reason"));
            optional(3, "Message", end.text("message"));
            sheet.field(3, "Exit Code", end.textOr("0", "exitCode"));
            optional(3, "Signal", end.text("signal"));
            sheet.field(3, "Started", moment(end.text("startedAt")));
            sheet.field(3, "Finished", moment(end.text("finishedAt")));
        } else {
            sheet.field(2, label, "Waiting");
            optional(3, "Reason", state.text("waiting", "reason"));
        }
    }

    private String moment(String timestamp) {
        return timestamp.isEmpty() ? "Mon, 01 Jan 0001 00:00:00 +0000" : sheet.longTime(timestamp);
    }

    private void optional(int level, String label, String value) {
        if (!value.isEmpty()) {
            sheet.field(level, label, value);
        }
    }

    static void resources(Sheet sheet, int level, Tree resources) {
        for (String what : List.of("limits", "requests")) {
            Map<String, String> amounts = resources.textMap(what);
            if (!amounts.isEmpty()) {
                sheet.line(level, ("limits".equals(what) ? "Limits" : "Requests") + ":");
                amounts.forEach((name, amount) -> sheet.field(level + 1, name, amount));
            }
        }
    }

    private void probe(String label, Tree probe) {
        if (!probe.isMap()) {
            return;
        }
        String times = "delay=" + probe.number(0, "initialDelaySeconds") + "s timeout="
                + probe.number(0, "timeoutSeconds") + "s period=" + probe.number(0, "periodSeconds") + "s #success="
                + probe.number(0, "successThreshold") + " #failure=" + probe.number(0, "failureThreshold");
        String way = "unknown";
        if (probe.has("exec")) {
            way = "exec [" + String.join(" ", probe.texts("exec", "command")) + "]";
        } else if (probe.has("httpGet")) {
            Tree get = probe.at("httpGet");
            String host = get.text("host") + ":" + get.text("port");
            String path = get.text("path");
            way = "http-get " + get.text("scheme").toLowerCase(java.util.Locale.ROOT) + "://" + host
                    + (path.startsWith("/") || path.isEmpty() ? path : "/" + path);
        } else if (probe.has("tcpSocket")) {
            way = "tcp-socket " + probe.text("tcpSocket", "host") + ":" + probe.text("tcpSocket", "port");
        } else if (probe.has("grpc")) {
            way = "grpc <pid>:" + probe.text("grpc", "port") + " " + probe.text("grpc", "service");
        }
        sheet.field(2, label, way + " " + times);
    }

    private void mounts(Tree container) {
        List<Tree> mounts = container.items("volumeMounts");
        if (mounts.isEmpty()) {
            sheet.field(2, "Mounts", "<none>");
        } else {
            sheet.line(2, "Mounts:");
        }
        mounts.stream()
                .sorted(Comparator.comparing(mount -> mount.text("mountPath")))
                .forEach(mount -> {
                    String path = mount.text("subPath");
                    sheet.line(
                            3,
                            mount.text("mountPath") + " from " + mount.text("name") + " ("
                                    + (mount.flag("readOnly") ? "ro" : "rw")
                                    + (path.isEmpty() ? "" : ",path=\"" + path + "\"") + ")");
                });
    }
}
