package dev.kuar.lesson;

import dev.kuar.check.Check;
import dev.kuar.check.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the YAML of one step into a {@link Step}; lists that aren't there are empty. */
final class StepReader {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "row",
            "only",
            "except",
            "cannotShow",
            "setup",
            "files",
            "before",
            "until",
            "needs",
            "variables",
            "solution",
            "accepted",
            "checks",
            "question",
            "wrong",
            "broken",
            "hints",
            "drift",
            "offline");

    private final LocatedYaml yaml;
    private final Map<String, LocatedYaml> fields;

    StepReader(LocatedYaml yaml) {
        this.yaml = yaml;
        this.fields = yaml.fields(FIELDS);
    }

    Step read() {
        List<Check> checks = checks();
        Expression question = question();
        LocatedYaml offline = fields.get("offline");
        return new Step(
                need(yaml, fields, "id").text(),
                need(yaml, fields, "row").number(),
                strings(fields.get("only")),
                strings(fields.get("except")),
                list("cannotShow", StepReader::cannotShow),
                strings(fields.get("setup")),
                strings(fields.get("files")),
                strings(fields.get("before")),
                expression(fields.get("until")),
                list("needs", StepReader::needOf),
                expressions(fields.get("variables")),
                RouteReader.route(need(yaml, fields, "solution")),
                list("accepted", RouteReader::route),
                checks,
                question,
                list("wrong", StepReader::wrong),
                list("broken", ChangeReader::broken),
                list("hints", StepReader::conditional),
                list("drift", StepReader::drift),
                offline != null && offline.flag(),
                ChecksHash.of(checks, question));
    }

    private List<Check> checks() {
        LocatedYaml list = need(yaml, fields, "checks");
        Map<String, Check> checks = new LinkedHashMap<>();
        for (LocatedYaml item : list.items()) {
            Check check = check(item, "check-" + (checks.size() + 1));
            for (String needed : check.after()) {
                if (!checks.containsKey(needed)) {
                    throw item.failure("no check '" + needed + "' stands before this one");
                }
            }
            if (checks.put(check.id(), check) != null) {
                throw item.failure("a check '" + check.id() + "' stands here twice");
            }
        }
        if (checks.isEmpty()) {
            throw list.failure("a step needs at least one check");
        }
        return List.copyOf(checks.values());
    }

    private static Check check(LocatedYaml item, String defaultId) {
        Map<String, LocatedYaml> f =
                item.fields(Set.of("id", "after", "expect", "else", "cannot", "show", "expected", "actual"));
        if (f.containsKey("else") == f.containsKey("cannot")) {
            throw item.failure("a check has either 'else' or 'cannot'");
        }
        String id = text(f.get("id"));
        return new Check(
                id == null ? defaultId : id,
                strings(f.get("after")),
                need(item, f, "expect").expression(),
                text(f.get("else")),
                text(f.get("cannot")),
                text(f.get("show")),
                expression(f.get("expected")),
                expression(f.get("actual")));
    }

    private @Nullable Expression question() {
        LocatedYaml question = fields.get("question");
        return question == null
                ? null
                : need(question, question.fields(Set.of("answer")), "answer").expression();
    }

    private static Step.CannotShow cannotShow(LocatedYaml item) {
        Map<String, LocatedYaml> f = item.fields(Set.of("on", "because", "expect"));
        return new Step.CannotShow(
                strings(need(item, f, "on")),
                need(item, f, "because").text(),
                need(item, f, "expect").expression());
    }

    private static Step.Need needOf(LocatedYaml item) {
        Map<String, LocatedYaml> f = item.fields(Set.of("expect", "else"));
        return new Step.Need(
                need(item, f, "expect").expression(), need(item, f, "else").text());
    }

    private static Step.Wrong wrong(LocatedYaml item) {
        Map<String, LocatedYaml> f = item.fields(Set.of("lines", "answer", "when", "reason"));
        LocatedYaml lines = f.get("lines");
        if ((lines == null) == !f.containsKey("answer")) {
            throw item.failure("a wrong answer has either 'lines' or 'answer'");
        }
        return new Step.Wrong(
                lines == null ? null : RouteReader.route(lines),
                expression(f.get("answer")),
                expression(f.get("when")),
                need(item, f, "reason").text());
    }

    private static Step.Conditional conditional(LocatedYaml item) {
        Map<String, LocatedYaml> f = item.fields(Set.of("id", "when"));
        return new Step.Conditional(
                need(item, f, "id").text(), need(item, f, "when").expression());
    }

    private static Step.Drift drift(LocatedYaml item) {
        Map<String, LocatedYaml> f = item.fields(Set.of("id", "since", "when"));
        String since = text(f.get("since"));
        return new Step.Drift(need(item, f, "id").text(), since == null ? "" : since, expression(f.get("when")));
    }

    private <T> List<T> list(String key, Function<LocatedYaml, T> reader) {
        LocatedYaml list = fields.get(key);
        return list == null ? List.of() : list.items(reader);
    }

    static LocatedYaml need(LocatedYaml parent, Map<String, LocatedYaml> fields, String key) {
        LocatedYaml value = fields.get(key);
        if (value == null) {
            throw parent.failure("'" + key + "' is missing here");
        }
        return value;
    }

    static void requireVersion(LocatedYaml root, Map<String, LocatedYaml> fields) {
        LocatedYaml version = need(root, fields, "formatVersion");
        if (version.number() != 1) {
            throw version.failure("this kuar reads formatVersion 1, not " + version.number());
        }
    }

    static @Nullable String text(@Nullable LocatedYaml value) {
        return value == null ? null : value.text();
    }

    static @Nullable Expression expression(@Nullable LocatedYaml value) {
        return value == null ? null : value.expression();
    }

    static List<String> strings(@Nullable LocatedYaml value) {
        return value == null ? List.of() : value.items(LocatedYaml::text);
    }

    static Map<String, String> texts(LocatedYaml value) {
        Map<String, String> texts = new LinkedHashMap<>();
        value.entries().forEach((language, text) -> texts.put(language, text.text()));
        return texts;
    }

    static Map<String, Expression> expressions(@Nullable LocatedYaml value) {
        Map<String, Expression> expressions = new LinkedHashMap<>();
        if (value != null) {
            value.entries().forEach((name, e) -> expressions.put(name, e.expression()));
        }
        return expressions;
    }
}
