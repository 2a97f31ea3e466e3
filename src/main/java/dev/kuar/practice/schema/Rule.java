package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One line of a rule file: a place, under which conditions what must hold there, and what must hold below it.
 *
 * <p>{@code spec.ports[].port when protocol=TCP port} asks of each port that speaks TCP that its number is one. The place is
 * a path from the place of the line above that is less indented; {@code .} is that place itself, {@code name[]} each item of
 * a list, {@code name{}} each value of a map; {@code name>other} is called {@code other} in errors, and not at all where
 * nothing follows the sign. {@code when} and {@code unless} look at fields beside what the path names last: {@code f} is set,
 * {@code f=v} has that value, {@code f~regex} matches it; {@code /f} is a field of what the file is asked of. Texts in double
 * quotes are one word.
 *
 * @param path the place, step by step; empty for the place above
 * @param conditions all must hold; see {@link Condition}
 * @param check the name of a check of {@link RuleChecks}; empty for a line that is only a place
 * @param asks what it is about
 * @param checker the check itself; does nothing for a line that asks none
 * @param words what the check is told
 * @param last whether nothing further is asked at the place above once this was complained about
 * @param below the lines below
 */
record Rule(
        List<Step> path,
        List<Condition> conditions,
        String check,
        Asks asks,
        CheckSet.Check checker,
        List<String> words,
        boolean last,
        List<Rule> below) {
    private static final CheckSet.Check NONE = (place, words, errors) -> {};

    /** What a line is about. */
    enum Asks {
        /** What is below it alone. */
        NOTHING,
        /** All that another file asks, where something is. */
        USE,
        /** All that another file asks. */
        STRUCT,
        /** All that another file asks of a part of its own. */
        PART,
        CHECK;

        static Asks of(String check) {
            return switch (check) {
                case "" -> NOTHING;
                case "use" -> USE;
                case "struct" -> STRUCT;
                case "part" -> PART;
                default -> CHECK;
            };
        }
    }

    /** What a step leads to. */
    enum Leads {
        TO_FIELD,
        TO_ITEMS,
        TO_VALUES
    }

    /**
     * One step of a path.
     *
     * @param field empty for the place itself
     * @param shown what errors call it
     * @param renamed whether that is said; then neither indices nor keys are shown
     */
    record Step(String field, Leads leads, String shown, boolean renamed) {
        static Step of(String text) {
            int sign = text.indexOf('>');
            String name = sign < 0 ? text : text.substring(0, sign);
            Leads leads = name.endsWith("[]") ? Leads.TO_ITEMS : name.endsWith("{}") ? Leads.TO_VALUES : Leads.TO_FIELD;
            String field = leads == Leads.TO_FIELD ? name : name.substring(0, name.length() - 2);
            return new Step(field.intern(), leads, sign < 0 ? field : text.substring(sign + 1), sign >= 0);
        }
    }

    /**
     * What a rule depends on.
     *
     * @param wanted false for {@code unless}
     * @param whole whether it looks at all that the file is asked of, not at what is beside the rule's place
     * @param field path from there
     */
    record Condition(boolean wanted, boolean whole, List<String> field, Predicate<String> value) {}

    /** Whether it asks of items of a list, values of a map, or the place above itself. */
    boolean isOfItem() {
        return path.isEmpty() || path.get(path.size() - 1).leads() != Leads.TO_FIELD;
    }

    /** Whether it may complain where nothing is set. */
    boolean asksOfNothing() {
        return asks != Asks.USE && asks != Asks.NOTHING;
    }

    /** Reads the lines of a file; a line that begins with {@code #} is a comment. */
    static List<Rule> read(List<String> lines) {
        List<String> kept = lines.stream()
                .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                .toList();
        return block(kept, 0, kept.size(), 0);
    }

    private static List<Rule> block(List<String> lines, int from, int to, int indent) {
        List<Rule> rules = new ArrayList<>();
        int at = from;
        while (at < to) {
            int end = at + 1;
            while (end < to && indent(lines.get(end)) > indent) {
                end++;
            }
            int inner = end > at + 1 ? indent(lines.get(at + 1)) : 0;
            rules.add(line(words(lines.get(at).strip()), block(lines, at + 1, end, inner)));
            at = end;
        }
        return rules;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static Rule line(List<String> words, List<Rule> below) {
        List<Condition> conditions = new ArrayList<>();
        int at = 1;
        while (at + 1 < words.size()
                && (words.get(at).equals("when") || words.get(at).equals("unless"))) {
            conditions.add(condition(words.get(at).equals("when"), words.get(at + 1)));
            at += 2;
        }
        String check = at < words.size() ? words.get(at) : "";
        boolean last = check.endsWith("!");
        String name = last ? check.substring(0, check.length() - 1) : check;
        Asks asks = Asks.of(name);
        return new Rule(
                steps(words.get(0)),
                conditions,
                name,
                asks,
                asks == Asks.CHECK ? RuleChecks.named(name) : NONE,
                at < words.size() ? List.copyOf(words.subList(at + 1, words.size())) : List.of(),
                last,
                below);
    }

    private static Condition condition(boolean wanted, String said) {
        boolean whole = said.startsWith("/");
        String text = whole ? said.substring(1) : said;
        int sign = text.indexOf('=');
        int like = text.indexOf('~');
        if (like > 0 && (sign < 0 || like < sign)) {
            return new Condition(
                    wanted,
                    whole,
                    names(text.substring(0, like)),
                    java.util.regex.Pattern.compile(text.substring(like + 1)).asMatchPredicate());
        }
        if (sign > 0) {
            return new Condition(wanted, whole, names(text.substring(0, sign)), text.substring(sign + 1)::equals);
        }
        return new Condition(wanted, whole, names(text), value -> true);
    }

    private static List<Step> steps(String path) {
        return names(path).stream().map(Step::of).toList();
    }

    private static List<String> names(String path) {
        return path.equals(".") ? List.of() : List.of(path.split("\\.", -1));
    }

    /** Splits at spaces, but for those inside double quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                word.append('"');
                i++;
            } else if (c == ' ' && !quoted) {
                if (any || word.length() > 0) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
            }
        }
        if (any || word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }
}
