package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The volumes of a pod or a template, and the source of a persistent volume. */
final class Volumes {
    private Volumes() {}

    static void show(int level, Tree pod, Sheet sheet, boolean template) {
        List<Tree> volumes = pod.items("spec", "volumes");
        if (volumes.isEmpty()) {
            sheet.field(level, "Volumes", "<none>");
            return;
        }
        sheet.line(level, "Volumes:");
        for (Tree volume : volumes) {
            sheet.line(1, (template ? " " : "") + volume.text("name") + ":");
            source(volume, sheet);
        }
    }

    /** {@code volume} holds one key that names the kind of its source. */
    static void source(Tree volume, Sheet sheet) {
        for (Map.Entry<String, Object> entry : volume.map().entrySet()) {
            Tree source = new Tree(entry.getValue());
            switch (entry.getKey()) {
                case "hostPath" -> {
                    type(sheet, "HostPath (bare host directory volume)");
                    sheet.field(2, "Path", source.text("path"));
                    sheet.field(2, "HostPathType", source.text("type"));
                }
                case "emptyDir" -> {
                    type(sheet, "EmptyDir (a temporary directory that shares a pod's lifetime)");
                    sheet.field(2, "Medium", source.text("medium"));
                    sheet.field(2, "SizeLimit", source.textOr("<unset>", "sizeLimit"));
                }
                case "configMap" -> {
                    type(sheet, "ConfigMap (a volume populated by a ConfigMap)");
                    sheet.field(2, "Name", source.text("name"));
                    sheet.field(2, "Optional", String.valueOf(source.flag("optional")));
                }
                case "secret" -> {
                    type(sheet, "Secret (a volume populated by a Secret)");
                    sheet.field(2, "SecretName", source.text("secretName"));
                    sheet.field(2, "Optional", String.valueOf(source.flag("optional")));
                }
                case "projected" -> projected(source, sheet);
                case "downwardAPI" -> {
                    type(sheet, "DownwardAPI (a volume populated by information about the pod)");
                    downward(source, sheet);
                }
                case "persistentVolumeClaim" -> {
                    type(sheet, "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)");
                    sheet.field(2, "ClaimName", source.text("claimName"));
                    sheet.field(2, "ReadOnly", String.valueOf(source.flag("readOnly")));
                }
                case "nfs" -> {
                    type(sheet, "NFS (an NFS mount that lasts the lifetime of a pod)");
                    sheet.field(2, "Server", source.text("server"));
                    sheet.field(2, "Path", source.text("path"));
                    sheet.field(2, "ReadOnly", String.valueOf(source.flag("readOnly")));
                }
                case "local" -> {
                    type(sheet, "LocalVolume (a persistent volume backed by local storage on a node)");
                    sheet.field(2, "Path", source.text("path"));
                }
                case "csi" -> {
                    type(sheet, "CSI (a Container Storage Interface (CSI) volume source)");
                    sheet.field(2, "Driver", source.text("driver"));
                    sheet.field(2, "ReadOnly", String.valueOf(source.flag("readOnly")));
                }
                default -> {}
            }
        }
    }

    private static void type(Sheet sheet, String text) {
        sheet.field(2, "Type", text);
    }

    private static void projected(Tree source, Sheet sheet) {
        type(sheet, "Projected (a volume that contains injected data from multiple sources)");
        for (Tree each : source.items("sources")) {
            if (each.has("secret")) {
                sheet.field(2, "SecretName", each.text("secret", "name"));
                sheet.field(2, "Optional", String.valueOf(each.flag("secret", "optional")));
            } else if (each.has("downwardAPI")) {
                sheet.field(2, "DownwardAPI", "true");
            } else if (each.has("configMap")) {
                sheet.field(2, "ConfigMapName", each.text("configMap", "name"));
                sheet.field(2, "Optional", String.valueOf(each.flag("configMap", "optional")));
            } else if (each.has("serviceAccountToken")) {
                sheet.field(2, "TokenExpirationSeconds", each.text("serviceAccountToken", "expirationSeconds"));
            }
        }
    }

    private static void downward(Tree source, Sheet sheet) {
        sheet.line(2, "Items:");
        for (Tree item : source.items("items")) {
            if (item.has("fieldRef")) {
                sheet.line(3, item.text("fieldRef", "fieldPath") + " -> " + item.text("path"));
            } else if (item.has("resourceFieldRef")) {
                sheet.line(3, item.text("resourceFieldRef", "resource") + " -> " + item.text("path"));
            }
        }
    }

    /** Tolerations as describe shows them. */
    static List<String> tolerations(Tree spec) {
        List<String> lines = new ArrayList<>();
        for (Tree toleration : spec.items("tolerations")) {
            String key = toleration.text("key");
            String value = toleration.text("value");
            String effect = toleration.text("effect");
            String operator = toleration.text("operator");
            StringBuilder line = new StringBuilder(key);
            line.append(value.isEmpty() ? "" : "=" + value).append(effect.isEmpty() ? "" : ":" + effect);
            if ("Exists".equals(operator) && value.isEmpty()) {
                line.append(key.isEmpty() && effect.isEmpty() ? "op=Exists" : " op=Exists");
            }
            if (toleration.has("tolerationSeconds")) {
                line.append(" for ")
                        .append(toleration.text("tolerationSeconds"))
                        .append('s');
            }
            lines.add(line.toString());
        }
        lines.sort(null);
        return lines;
    }
}
