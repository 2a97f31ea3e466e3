package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lint of the Markdown: every text there, in every language, and both languages saying the same. */
final class TextLint {
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.`-])[0-9]+(?:\\.[0-9]+)*(?![\\w`])");
    private static final Map<String, String> NUMBER_WORDS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"),
            Map.entry("twice", "2"),
            Map.entry("single", "1"),
            Map.entry("once", "1"),
            Map.entry("a", "1"),
            Map.entry("an", "1"));

    private final Lesson lesson;
    private final List<Finding> findings = new ArrayList<>();

    TextLint(Lesson lesson) {
        this.lesson = lesson;
    }

    List<Finding> findings() {
        for (String language : Course.LANGUAGES) {
            LessonText text = lesson.texts().get(language);
            if (text == null) {
                add(language, "language-missing");
                continue;
            }
            if (!lesson.titles().containsKey(language)) {
                add("lesson.yaml", "title-missing", language);
            }
            text.steps().keySet().stream()
                    .filter(id -> lesson.step(id).isEmpty())
                    .forEach(id -> add(language, "step-unknown", id));
            lesson.steps().forEach(step -> parts(language, text.step(step.id()), step));
        }
        if (findings.isEmpty()) {
            compare();
        }
        return findings;
    }

    private void parts(String language, StepText text, Step step) {
        need(language, step, "title", text.title());
        need(language, step, "text", text.body());
        need(language, step, "task", text.task());
        need(language, step, "debrief", text.debrief());
        if (step.question() != null) {
            need(language, step, "question", text.question());
        } else if (!text.question().isEmpty()) {
            add(language, "question-unknown", step.id());
        }
        if (text.hints().size() < 2) {
            add(language, "hints-too-few", step.id());
        }
        same(
                language,
                step,
                "hints",
                ids(step.hints().stream().map(Step.Conditional::id).toList()),
                text.conditional().keySet());
        same(
                language,
                step,
                "drift",
                ids(step.drift().stream().map(Step.Drift::id).toList()),
                text.drift().keySet());
        String all = text.body() + text.task() + text.hints() + text.debrief() + text.question();
        for (String name : Placeholder.names(all)) {
            if (!step.variables().containsKey(name) && !lesson.variables().containsKey(name)) {
                add(language, "unknown-variable", name);
            }
        }
        for (String line : step.solution().lines()) {
            if (line.contains(" ") && text.hints().stream().anyMatch(h -> h.contains("`" + line + "`"))) {
                add(language, "hint-is-solution", step.id(), line);
            }
        }
    }

    private void compare() {
        LessonText en = lesson.text("en");
        LessonText ko = lesson.text("ko");
        if (!en.common().keySet().equals(ko.common().keySet())) {
            add(
                    "ko",
                    "reasons-differ",
                    "common",
                    difference(en.common().keySet(), ko.common().keySet()));
        }
        for (Step step : lesson.steps()) {
            StepText a = en.step(step.id());
            StepText b = ko.step(step.id());
            if (a.hints().size() != b.hints().size()) {
                add(
                        "ko",
                        "hints-differ",
                        step.id(),
                        String.valueOf(a.hints().size()),
                        String.valueOf(b.hints().size()));
            }
            if (!a.reasons().keySet().equals(b.reasons().keySet())) {
                add(
                        "ko",
                        "reasons-differ",
                        step.id(),
                        difference(a.reasons().keySet(), b.reasons().keySet()));
            }
            Set<String> codes = differing(found(CODE, whole(a)), found(CODE, whole(b)));
            if (!codes.isEmpty()) {
                add("ko", "commands-differ", step.id(), String.join(", ", codes));
            }
            Set<String> numbers = numbers(a, b);
            if (!numbers.isEmpty()) {
                add("ko", "numbers-differ", step.id(), String.join(", ", numbers));
            }
        }
    }

    /** Digits of English that Korean hasn't, and the other way round unless English has them as a word. */
    private static Set<String> numbers(StepText en, StepText ko) {
        Set<String> english = found(NUMBER, plain(whole(en)));
        Set<String> korean = found(NUMBER, plain(whole(ko)));
        Set<String> missing = new TreeSet<>(english);
        missing.removeAll(korean);
        Set<String> spelled = new LinkedHashSet<>(english);
        for (String word : whole(en).toLowerCase(java.util.Locale.ROOT).split("[^a-z]+")) {
            spelled.add(NUMBER_WORDS.getOrDefault(word, word));
        }
        korean.stream().filter(n -> !spelled.contains(n)).forEach(missing::add);
        return missing;
    }

    private static String plain(String text) {
        return CODE.matcher(text).replaceAll(" ");
    }

    private static String whole(StepText text) {
        StringBuilder all = new StringBuilder();
        all.append(text.body())
                .append('\n')
                .append(text.task())
                .append('\n')
                .append(text.question())
                .append('\n');
        text.hints().forEach(h -> all.append(h).append('\n'));
        text.conditional().values().forEach(h -> all.append(h).append('\n'));
        all.append(text.debrief()).append('\n');
        text.drift().values().forEach(d -> all.append(d).append('\n'));
        text.reasons()
                .values()
                .forEach(r ->
                        all.append(r.what()).append('\n').append(r.tryNext()).append('\n'));
        return all.toString();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return found;
    }

    private static Set<String> differing(Set<String> a, Set<String> b) {
        Set<String> all = new TreeSet<>(a);
        all.addAll(b);
        all.removeIf(x -> a.contains(x) && b.contains(x));
        return all;
    }

    private static String difference(Set<String> a, Set<String> b) {
        return String.join(", ", differing(a, b));
    }

    private static Set<String> ids(List<String> list) {
        return new LinkedHashSet<>(list);
    }

    private void same(String language, Step step, String part, Set<String> yaml, Set<String> markdown) {
        if (!yaml.equals(markdown)) {
            add(language, part + "-ids-differ", step.id(), difference(yaml, markdown));
        }
    }

    private void need(String language, Step step, String part, String text) {
        if (text.isBlank()) {
            add(language, "part-missing", step.id(), part);
        }
    }

    private void add(String file, String key, String... arguments) {
        String name = file.contains(".") ? file : file + ".md";
        findings.add(Finding.of(lesson.slug() + "/" + name, key, arguments));
    }
}
