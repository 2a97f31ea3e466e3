package dev.kuar.practice.schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rule files under {@code practice/rules}, each read when first asked for. Thread-safe. */
final class RuleFiles {
    /** In a file, rules above this line ask an object by itself, those below it a change. */
    static final String ON_UPDATE = "on update:";

    private static final Map<String, List<Rule>> READ = new ConcurrentHashMap<>();

    private RuleFiles() {}

    /** What is asked of an object by itself; nothing where there is no such file. */
    static List<Rule> named(String name) {
        return READ.computeIfAbsent(name, each -> {
            List<String> lines = lines(each);
            int update = lines.indexOf(ON_UPDATE);
            return Rule.read(update < 0 ? lines : lines.subList(0, update));
        });
    }

    /** What is asked of a change. */
    static List<Rule> update(String name) {
        return READ.computeIfAbsent(name + " " + ON_UPDATE, key -> {
            List<String> lines = lines(name);
            int update = lines.indexOf(ON_UPDATE);
            return update < 0 ? List.of() : Rule.read(lines.subList(update + 1, lines.size()));
        });
    }

    private static List<String> lines(String name) {
        String path = "rules/" + name + ".rules";
        return Bundled.has(path) ? Bundled.lines(path) : List.of();
    }
}
