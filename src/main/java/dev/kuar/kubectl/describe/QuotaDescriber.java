package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Describes resource quotas and limit ranges. */
final class QuotaDescriber {
    private QuotaDescriber() {}

    static void quota(Tree quota, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", quota.name());
        sheet.field(0, "Namespace", quota.namespace());
        rows(quota, sheet, 0);
    }

    static void rows(Tree quota, Sheet sheet, int level) {
        sheet.line(level, "Resource\tUsed\tHard");
        sheet.line(level, "--------\t" + (level == 0 ? "----" : "---") + "\t" + (level == 0 ? "----" : "---"));
        Map<String, String> used = quota.textMap("status", "used");
        quota.textMap("status", "hard")
                .forEach((name, hard) -> sheet.line(level, name + "\t" + used.getOrDefault(name, "0") + "\t" + hard));
    }

    static void limitRange(Tree range, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", range.name());
        sheet.field(0, "Namespace", range.namespace());
        table(range, sheet, 0);
    }

    static void limits(Tree range, Sheet sheet) {
        table(range, sheet, 1);
    }

    private static void table(Tree range, Sheet sheet, int level) {
        sheet.line(level, "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
        sheet.line(level, "----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
        for (Tree limit : range.items("spec", "limits")) {
            Set<String> names = new LinkedHashSet<>();
            for (String field : java.util.List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
                names.addAll(limit.textMap(field).keySet());
            }
            for (String name : names) {
                sheet.line(
                        level,
                        String.format(
                                Locale.ROOT,
                                "%s\t%s\t%s\t%s\t%s\t%s\t%s",
                                limit.text("type"),
                                name,
                                limit.textOr("-", "min", name),
                                limit.textOr("-", "max", name),
                                limit.textOr("-", "defaultRequest", name),
                                limit.textOr("-", "default", name),
                                limit.textOr("-", "maxLimitRequestRatio", name)));
            }
        }
    }
}
