package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lint of the two languages against each other: the same hints, reasons, code and numbers, and Korean in one register. */
final class LanguageLint {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
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
    private final LessonText en;
    private final LessonText ko;
    private final List<Finding> findings = new ArrayList<>();

    LanguageLint(Lesson lesson) {
        this.lesson = lesson;
        this.en = lesson.text("en");
        this.ko = lesson.text("ko");
    }

    List<Finding> findings() {
        sameIds("common", en.common().keySet(), ko.common().keySet());
        same("introduction", en.introduction(), ko.introduction());
        same("common", reasons(en.common()), reasons(ko.common()));
        register("introduction", Stream.of(ko.title(), ko.introduction()));
        register("common", ko.common().values().stream().map(r -> r.what() + "\n\n" + r.tryNext()));
        register("goals", lesson.goals().getOrDefault("ko", List.of()).stream());
        for (Step step : lesson.steps()) {
            step(step.id(), en.step(step.id()), ko.step(step.id()));
        }
        return findings;
    }

    private void step(String id, StepText a, StepText b) {
        if (a.hints().size() != b.hints().size()) {
            add(
                    "hints-differ",
                    id,
                    String.valueOf(a.hints().size()),
                    String.valueOf(b.hints().size()));
        }
        sameIds(id, a.reasons().keySet(), b.reasons().keySet());
        same(id, whole(a), whole(b));
        register(id, Stream.of(b.title(), whole(b)));
    }

    private void sameIds(String part, Set<String> a, Set<String> b) {
        if (!a.equals(b)) {
            add("reasons-differ", part, difference(a, b));
        }
    }

    private void same(String part, String a, String b) {
        Set<String> codes = differing(codes(a), codes(b));
        if (!codes.isEmpty()) {
            add("commands-differ", part, String.join(", ", codes));
        }
        Set<String> numbers = numbers(a, b);
        if (!numbers.isEmpty()) {
            add("numbers-differ", part, String.join(", ", numbers));
        }
    }

    private void register(String part, Stream<String> texts) {
        List<String> slips =
                texts.flatMap(text -> KoreanRegister.slips(text).stream()).toList();
        if (!slips.isEmpty()) {
            add("register", part, String.join(", ", slips));
        }
    }

    /** Digits of English that Korean hasn't, and the other way round unless English has them as a word. */
    private static Set<String> numbers(String en, String ko) {
        Set<String> english = found(NUMBER, plain(en));
        Set<String> korean = found(NUMBER, plain(ko));
        Set<String> missing = new TreeSet<>(english);
        missing.removeAll(korean);
        Set<String> spelled = new LinkedHashSet<>(english);
        for (String word : en.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            spelled.add(NUMBER_WORDS.getOrDefault(word, word));
        }
        korean.stream().filter(n -> !spelled.contains(n)).forEach(missing::add);
        return missing;
    }

    private static String plain(String text) {
        return CODE.matcher(text).replaceAll(" ");
    }

    private static String whole(StepText text) {
        return Stream.of(
                        Stream.of(text.body(), text.task(), text.question()),
                        text.hints().stream(),
                        text.conditional().values().stream(),
                        Stream.of(text.debrief()),
                        text.drift().values().stream(),
                        Stream.of(reasons(text.reasons())))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("\n\n"));
    }

    private static String reasons(Map<String, ReasonText> reasons) {
        return reasons.values().stream()
                .map(r -> r.what() + "\n\n" + r.tryNext())
                .collect(Collectors.joining("\n\n"));
    }

    /** The code spans; where a line is broken inside of one counts as a space. */
    private static Set<String> codes(String text) {
        return found(CODE, text).stream()
                .map(code -> code.replaceAll("\\s+", " "))
                .collect(Collectors.toCollection(TreeSet::new));
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

    static String difference(Set<String> a, Set<String> b) {
        return String.join(", ", differing(a, b));
    }

    private void add(String key, String... arguments) {
        findings.add(Finding.of(lesson.slug() + "/ko.md", key, arguments));
    }
}
