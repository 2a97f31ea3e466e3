package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.HashMap;
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

    private static final Map<String, Sections> READ = new ConcurrentHashMap<>();

    /** A file taken apart; {@code there} is false for one that isn't there, of which all the rest is empty. */
    private record Sections(
            boolean there, List<Rule> always, List<Rule> create, List<Rule> update, List<Rule> status) {}

    private RuleFiles() {}

    /** Whether there is such a file. */
    static boolean has(String name) {
        return file(name).there();
    }

    /** What is asked of an object by itself; nothing where there is no such file. */
    static List<Rule> named(String name) {
        return file(name).always();
    }

    /** What is asked of a new object beside that. */
    static List<Rule> create(String name) {
        return file(name).create();
    }

    /** What is asked of a change. */
    static List<Rule> update(String name) {
        return file(name).update();
    }

    /** What is asked of a change of the status. */
    static List<Rule> status(String name) {
        return file(name).status();
    }

    private static Sections file(String name) {
        Sections known = READ.get(name);
        return known == null ? READ.computeIfAbsent(name, RuleFiles::read) : known;
    }

    private static Sections read(String name) {
        String path = "rules/" + name + ".rules";
        boolean there = Bundled.has(path);
        Map<String, List<String>> sections = new HashMap<>();
        String at = "";
        for (String line : there ? Bundled.lines(path) : List.<String>of()) {
            if (line.equals(ON_CREATE) || line.equals(ON_UPDATE) || line.equals(ON_STATUS)) {
                at = line;
            } else {
                sections.computeIfAbsent(at, title -> new ArrayList<>()).add(line);
            }
        }
        return new Sections(
                there,
                section(sections, ""),
                section(sections, ON_CREATE),
                section(sections, ON_UPDATE),
                section(sections, ON_STATUS));
    }

    private static List<Rule> section(Map<String, List<String>> sections, String title) {
        return Rule.read(sections.getOrDefault(title, List.of()));
    }
}
