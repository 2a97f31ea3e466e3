package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.List;
import java.util.Map;

/** The environment of a container: whole sources first, then variables. */
final class Environment {
    private final Sheet sheet;
    private final Tree pod;
    private final boolean template;

    Environment(Sheet sheet, Tree pod, boolean template) {
        this.sheet = sheet;
        this.pod = pod;
        this.template = template;
    }

    void show(Tree container) {
        List<Tree> sources = container.items("envFrom");
        if (!sources.isEmpty()) {
            sheet.line(2, "Environment Variables from:");
        }
        for (Tree source : sources) {
            boolean map = source.has("configMapRef");
            Tree reference = source.at(map ? "configMapRef" : "secretRef");
            String prefix = source.text("prefix");
            sheet.line(
                    3,
                    reference.text("name") + "\t" + (map ? "ConfigMap" : "Secret")
                            + (prefix.isEmpty() ? "" : " with prefix '" + prefix + "'") + "\tOptional: "
                            + reference.flag("optional"));
        }
        List<Tree> variables = container.items("env");
        if (variables.isEmpty()) {
            sheet.field(2, "Environment", "<none>");
            return;
        }
        sheet.line(2, "Environment:");
        variables.forEach(variable -> sheet.line(3, variable.text("name") + ":\t" + value(container, variable)));
    }

    private String value(Tree container, Tree variable) {
        Tree from = variable.at("valueFrom");
        if (from.has("fieldRef")) {
            String path = from.text("fieldRef", "fieldPath");
            return field(path) + " (" + from.textOr("v1", "fieldRef", "apiVersion") + ":" + path + ")";
        }
        if (from.has("resourceFieldRef")) {
            String resource = from.text("resourceFieldRef", "resource");
            String[] path = resource.split("\\.", 2);
            String amount = path.length < 2 ? "" : container.text("resources", path[0], path[1]);
            return (amount.isEmpty() ? "0" : scaled(amount, from)) + " (" + resource + ")";
        }
        if (from.has("secretKeyRef")) {
            Tree key = from.at("secretKeyRef");
            return "<set to the key '" + key.text("key") + "' in secret '" + key.text("name") + "'>\tOptional: "
                    + key.flag("optional");
        }
        if (from.has("configMapKeyRef")) {
            Tree key = from.at("configMapKeyRef");
            return "<set to the key '" + key.text("key") + "' of config map '" + key.text("name") + "'>\tOptional: "
                    + key.flag("optional");
        }
        return variable.text("value").stripTrailing().replace("\n", "\n\t\t");
    }

    private static String scaled(String amount, Tree from) {
        dev.kuar.kubectl.data.Quantity quantity = dev.kuar.kubectl.data.Quantity.parse(amount);
        String divisor = from.textOr("1", "resourceFieldRef", "divisor");
        java.math.BigDecimal unit = dev.kuar.kubectl.data.Quantity.parse("0".equals(divisor) ? "1" : divisor)
                .value();
        return quantity.value().divide(unit, 0, java.math.RoundingMode.CEILING).toPlainString();
    }

    private String field(String path) {
        if (template) {
            return "";
        }
        int open = path.indexOf("['");
        if (open > 0) {
            Map<String, String> map = pod.textMap(path.substring(0, open).split("\\."));
            return map.getOrDefault(path.substring(open + 2, path.length() - 2), "");
        }
        return pod.text(path.split("\\."));
    }
}
