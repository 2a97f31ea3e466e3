package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rule files under {@code practice/rules}, each read when first asked for. Thread-safe.
 *
 * <p>A file's first lines ask an object by itself, those below {@link #ON_CREATE} a new one alone, those below
 * {@link #ON_UPDATE} a change, those below {@link #ON_STATUS} a change of the status.
 */
final class RuleFiles {
    static final String ON_CREATE = "on create:";
    static final String ON_UPDATE = "on update:";
    static final String ON_STATUS = "on status:";

    private static final Map<String, List<Rule>> READ = new ConcurrentHashMap<>();

    private RuleFiles() {}

    /** Whether there is such a file. */
    static boolean has(String name) {
        return Bundled.has("rules/" + name + ".rules");
    }

    /** What is asked of an object by itself; nothing where there is no such file. */
    static List<Rule> named(String name) {
        return section(name, "");
    }

    /** What is asked of a new object beside that. */
    static List<Rule> create(String name) {
        return section(name, ON_CREATE);
    }

    /** What is asked of a change. */
    static List<Rule> update(String name) {
        return section(name, ON_UPDATE);
    }

    /** What is asked of a change of the status. */
    static List<Rule> status(String name) {
        return section(name, ON_STATUS);
    }

    private static List<Rule> section(String name, String title) {
        return READ.computeIfAbsent(name + " " + title, key -> {
            List<String> section = new ArrayList<>();
            String at = "";
            for (String line : lines(name)) {
                if (line.equals(ON_CREATE) || line.equals(ON_UPDATE) || line.equals(ON_STATUS)) {
                    at = line;
                } else if (at.equals(title)) {
                    section.add(line);
                }
            }
            return Rule.read(section);
        });
    }

    private static List<String> lines(String name) {
        return has(name) ? Bundled.lines("rules/" + name + ".rules") : List.of();
    }
}
