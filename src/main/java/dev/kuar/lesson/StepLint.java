package dev.kuar.lesson;

import dev.kuar.check.CheckLanguage;
import dev.kuar.check.Expression;
import dev.kuar.check.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lint of the YAML of one step: its expressions, lines, files and the ids of texts. */
final class StepLint {
    private final Lesson lesson;
    private final Step step;
    private final CheckLanguage language;
    private final String place;
    private final List<Finding> findings = new ArrayList<>();

    StepLint(Lesson lesson, Step step, CheckLanguage language) {
        this.lesson = lesson;
        this.step = step;
        this.language = language;
        this.place = lesson.slug() + "/" + step.id();
    }

    List<Finding> findings() {
        if (step.row() < 1 || step.row() > Linter.ROWS) {
            add("row-unknown", String.valueOf(step.row()));
        }
        providers();
        if (step.offline()) {
            step.checks().stream().filter(c -> asksTheServer(c.expect())).forEach(c -> add("offline-reads", c.id()));
        }
        step.checks().forEach(c -> {
            expression(c.expect(), true);
            expression(c.expected(), false);
            expression(c.actual(), false);
        });
        expression(step.question(), false);
        expression(step.until(), true);
        lesson.variables().values().forEach(e -> expression(e, false));
        step.variables().values().forEach(e -> expression(e, false));
        step.cannotShow().forEach(c -> expression(c.expect(), true));
        step.needs().forEach(n -> expression(n.expect(), true));
        step.hints().forEach(h -> expression(h.when(), true));
        step.drift().forEach(d -> expression(d.when(), true));
        step.wrong().forEach(this::wrong);
        step.broken().forEach(this::broken);
        Stream.concat(Stream.of(step.solution()), step.accepted().stream()).forEach(this::route);
        step.before().forEach(this::line);
        step.setup().forEach(this::setup);
        step.files().forEach(f -> file("files/" + f));
        reasonIds(step).forEach(this::text);
        return findings;
    }

    /** The text ids of reasons that a step refers to. */
    static Set<String> reasonIds(Step step) {
        Set<String> ids = new HashSet<>();
        step.checks().forEach(c -> ids.add(String.valueOf(c.cannot() == null ? c.otherwise() : c.cannot())));
        step.needs().forEach(n -> ids.add(n.otherwise()));
        step.cannotShow().forEach(c -> ids.add(c.because()));
        step.wrong().forEach(w -> ids.add(w.reason()));
        step.broken().forEach(b -> ids.add(b.reason()));
        return ids;
    }

    private void providers() {
        Stream.of(
                        step.only().stream(),
                        step.except().stream(),
                        step.cannotShow().stream().flatMap(c -> c.on().stream()))
                .flatMap(s -> s)
                .filter(p -> !Linter.PROVIDERS.contains(p))
                .forEach(p -> add("unknown-provider", p));
    }

    private void wrong(Step.Wrong wrong) {
        expression(wrong.when(), true);
        expression(wrong.answer(), false);
        if (wrong.route() != null) {
            route(wrong.route());
        }
        if (wrong.answer() != null && step.question() == null) {
            add("answer-without-question");
        }
        if (wrong.when() == null && wrong.route() != null && !elseIds().contains(wrong.reason())) {
            add("reason-is-no-else", wrong.reason());
        }
    }

    private void broken(Step.Broken broken) {
        expression(broken.until(), true);
        for (Change change : broken.changes()) {
            if (change instanceof Change.StopNode stop) {
                expression(stop.node(), false);
            } else if (change instanceof Change.StartNode start) {
                expression(start.node(), false);
            } else if (change instanceof Change.Apply apply) {
                file("setup/" + apply.file());
            } else if (change instanceof Change.Run run) {
                line(run.line());
            }
        }
        if (!elseIds().contains(broken.reason())) {
            add("reason-is-no-else", broken.reason());
        }
    }

    private Set<String> elseIds() {
        return step.checks().stream()
                .map(c -> String.valueOf(c.otherwise() == null ? c.cannot() : c.otherwise()))
                .collect(Collectors.toSet());
    }

    private void route(Route route) {
        route.lines().forEach(this::line);
        for (Route.Action action : route.actions()) {
            if (action instanceof Route.Answer answer) {
                expression(answer.value(), false);
                if (step.question() == null) {
                    add("answer-without-question");
                }
            }
        }
    }

    private void line(String line) {
        LineRules.objections(line).forEach(o -> add("line." + o.rule(), o.word(), line));
        for (String name : Placeholder.names(line)) {
            variable(name);
        }
    }

    private void variable(String name) {
        if (!step.variables().containsKey(name) && !lesson.variables().containsKey(name)) {
            add("unknown-variable", name);
        }
    }

    private void setup(String file) {
        file("setup/" + file).ifPresent(text -> SetupRules.objections(text, lesson.namespace())
                .forEach(o ->
                        findings.add(Finding.of(lesson.slug() + "/setup/" + file, "setup." + o.rule(), o.word()))));
    }

    private Optional<String> file(String name) {
        Optional<String> text = lesson.source().find(lesson.slug() + "/" + name);
        if (text.isEmpty()) {
            add("no-such-file", name);
        }
        return text;
    }

    private void text(String id) {
        for (Map.Entry<String, LessonText> text : lesson.texts().entrySet()) {
            if (text.getValue().reason(step.id(), id).isEmpty()) {
                findings.add(Finding.of(lesson.slug() + "/" + text.getKey() + ".md", "unknown-text", id, step.id()));
            }
        }
    }

    private void expression(@Nullable Expression expression, boolean mustBeBoolean) {
        if (expression == null) {
            return;
        }
        List<Problem> problems = language.problems(expression, mustBeBoolean);
        for (Problem problem : problems) {
            String where = expression.file() + ":" + (expression.line() + problem.line() - 1) + ":" + problem.column();
            findings.add(new Finding(where, "lint.expression", List.of(problem.message()), problem.caret(expression)));
        }
        if (problems.isEmpty()) {
            language.uses(expression).variables().forEach(this::variable);
        }
    }

    private boolean asksTheServer(Expression expression) {
        return language.problems(expression, true).isEmpty()
                && language.uses(expression).asksTheServer();
    }

    private void add(String key, String... arguments) {
        findings.add(Finding.of(place, key, arguments));
    }
}
