package dev.kuar.lesson;

import dev.kuar.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the Markdown of a lesson: {@code #} the lesson, {@code ##} a step, {@code ###} a part of it, {@code ####} a text with an id.
 *
 * <p>Only the structure is read here; what stands below a heading is kept as Markdown. Headings inside fenced code are code.
 */
final class TextParser {
    private static final Set<String> PARTS = Set.of("task", "question", "hints", "debrief", "drift", "reasons");
    private static final Pattern STEP = Pattern.compile("([a-z0-9]+(?:-[a-z0-9]+)*)(?::\\s*(.+))?");
    private static final Pattern ITEM = Pattern.compile("[0-9]+\\. +(.*)");
    private static final String COMMON = "common";

    private final String file;
    private final List<String> lines;
    private String title = "";
    private final StringBuilder introduction = new StringBuilder();
    private final Map<String, Section> steps = new LinkedHashMap<>();

    private TextParser(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    static LessonText parse(String file, String text) {
        return new TextParser(file, text).read();
    }

    private LessonText read() {
        StringBuilder target = introduction;
        Section section = null;
        String part = "";
        boolean fenced = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.stripLeading().startsWith("```")) {
                fenced = !fenced;
            }
            if (fenced || !line.matches("#{1,4} .*")) {
                target.append(line).append('\n');
                continue;
            }
            int level = line.indexOf(' ');
            String heading = line.substring(level + 1).strip();
            switch (level) {
                case 1 -> {
                    title = heading;
                    target = introduction;
                }
                case 2 -> {
                    section = open(heading, i);
                    part = "";
                    target = section.part("");
                }
                case 3 -> {
                    if (section == null || !PARTS.contains(heading)) {
                        throw failure(
                                i,
                                5,
                                "'" + heading + "' is not a part of a step; known are "
                                        + String.join(", ", new java.util.TreeSet<>(PARTS)));
                    }
                    part = heading;
                    target = section.part(part);
                }
                default -> {
                    if (section == null || part.isEmpty()) {
                        throw failure(i, 6, "'" + heading + "' stands in no part");
                    }
                    target = section.text(part, heading);
                    if (target.length() > 0) {
                        throw failure(i, 6, "'" + heading + "' stands here twice");
                    }
                }
            }
        }
        Map<String, StepText> texts = new LinkedHashMap<>();
        steps.forEach((id, s) -> texts.put(id, s.text()));
        StepText common = texts.remove(COMMON);
        return new LessonText(
                title, introduction.toString().strip(), texts, common == null ? Map.of() : common.reasons());
    }

    private Section open(String heading, int index) {
        Matcher matcher = STEP.matcher(heading);
        if (!matcher.matches()) {
            throw failure(index, 4, "a step's heading is its id, a colon and a title");
        }
        Section section = new Section(matcher.group(2) == null ? "" : matcher.group(2));
        if (steps.put(matcher.group(1), section) != null) {
            throw failure(index, 4, "'" + matcher.group(1) + "' stands here twice");
        }
        return section;
    }

    private UserException failure(int index, int column, String message) {
        return new UserException(
                LessonReason.LESSON_SYNTAX,
                file + ":" + (index + 1) + ":" + column + ": " + message + "\n    " + lines.get(index) + "\n    "
                        + " ".repeat(column - 1) + "^");
    }

    /** The parts of one step while they are read. */
    private static final class Section {
        private final String title;
        private final Map<String, StringBuilder> parts = new LinkedHashMap<>();
        private final Map<String, Map<String, StringBuilder>> texts = new LinkedHashMap<>();

        Section(String title) {
            this.title = title;
        }

        StringBuilder part(String name) {
            return parts.computeIfAbsent(name, n -> new StringBuilder());
        }

        StringBuilder text(String part, String id) {
            return texts.computeIfAbsent(part, p -> new LinkedHashMap<>())
                    .computeIfAbsent(id, n -> new StringBuilder());
        }

        StepText text() {
            Map<String, ReasonText> reasons = new LinkedHashMap<>();
            named("reasons").forEach((id, text) -> reasons.put(id, ReasonText.of(text)));
            return new StepText(
                    title,
                    plain(""),
                    plain("task"),
                    plain("question"),
                    numbered(plain("hints")),
                    named("hints"),
                    plain("debrief"),
                    named("drift"),
                    reasons);
        }

        private String plain(String part) {
            return parts.getOrDefault(part, new StringBuilder()).toString().strip();
        }

        private Map<String, String> named(String part) {
            Map<String, String> result = new LinkedHashMap<>();
            texts.getOrDefault(part, Map.of())
                    .forEach((id, text) -> result.put(id, text.toString().strip()));
            return result;
        }

        private static List<String> numbered(String text) {
            List<String> items = new ArrayList<>();
            for (String line : text.lines().toList()) {
                Matcher item = ITEM.matcher(line);
                if (item.matches()) {
                    items.add(item.group(1));
                } else if (!items.isEmpty() && !line.isBlank()) {
                    items.set(items.size() - 1, items.get(items.size() - 1) + "\n" + line.strip());
                }
            }
            return items;
        }
    }
}
