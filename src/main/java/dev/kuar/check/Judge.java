package dev.kuar.check;

import dev.kuar.check.Verdict.CannotCheck;
import dev.kuar.check.Verdict.NotYet;
import dev.kuar.check.Verdict.Obstacle;
import dev.kuar.check.Verdict.Passed;
import dev.kuar.kube.ClusterView.KindName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the checks of a step, and evaluates the other expressions of lessons. Safe for use by several threads. */
public final class Judge {
    private final CheckLanguage language;
    private final Evaluator evaluator;

    public Judge(CheckLanguage language) {
        this.language = language;
        this.evaluator = new Evaluator(language);
    }

    /**
     * Judges the checks in order, over one consistent set of reads.
     *
     * <p>While the cluster doesn't answer, 'not yet' is said only of what could be seen all the same: the providers' lists,
     * the kubeconfig, files. A check that looks at what the learner ran or answered becomes 'cannot check' then, because it
     * may be the cluster that failed.
     *
     * @param held ids of checks that stay passed, from the judgement before
     * @param offline whether what the learner does in this step needs no cluster, so that it is judged without one
     */
    public Judgement judge(List<Check> checks, Situation situation, Set<String> held, boolean offline) {
        Reading reading = new Reading(situation);
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        Set<String> kept = new HashSet<>(held);
        for (Check check : checks) {
            Verdict verdict = verdict(check, reading, verdicts, kept);
            if (verdict.passed() && language.uses(check.expect()).looksAtTheLearner()) {
                kept.add(check.id());
            }
            verdicts.put(check.id(), verdict);
        }
        Set<String> blamed = offline ? Set.of() : blamed(checks, verdicts);
        if (!blamed.isEmpty() && !reading.reachable()) {
            blamed.forEach(id -> verdicts.put(id, new CannotCheck(Obstacle.UNREACHABLE, situation.clusterName())));
        }
        return new Judgement(verdicts, kept);
    }

    /** Those that are 'not yet' by what the learner did, or by a variable that may not have been readable. */
    private Set<String> blamed(List<Check> checks, Map<String, Verdict> verdicts) {
        Set<String> blamed = new LinkedHashSet<>();
        for (Check check : checks) {
            Uses uses = language.uses(check.expect());
            if (verdicts.get(check.id()) instanceof NotYet
                    && (uses.looksAtTheLearner() || !uses.variables().isEmpty())) {
                blamed.add(check.id());
            }
        }
        return blamed;
    }

    /** Whether a check can only be judged while the API server answers, as far as it reads objects from there. */
    public boolean asksTheServer(Check check) {
        return language.uses(check.expect()).asksTheServer();
    }

    /** Whether a check looks at what the learner ran or answered. */
    public boolean looksAtTheLearner(Check check) {
        return language.uses(check.expect()).looksAtTheLearner();
    }

    /** Whether an expression is false or relies on something that isn't there; not when the cluster can't be read. */
    public boolean refutes(Expression expression, Situation situation) {
        Outcome outcome = evaluator.evaluate(expression, new Reading(situation));
        return !outcome.holds() && !(outcome instanceof Outcome.Failed);
    }

    /** Whether an expression is true; false also when it can't be evaluated. */
    public boolean holds(Expression expression, Situation situation) {
        return evaluator.evaluate(expression, new Reading(situation)).holds();
    }

    /** Whether the API server answers. */
    public boolean reachable(Situation situation) {
        return new Reading(situation).reachable();
    }

    /** The value of an expression: strings, Longs, Doubles, Booleans, lists, maps; empty when it can't be evaluated. */
    public Optional<Object> value(Expression expression, Situation situation) {
        Outcome outcome = evaluator.evaluate(expression, new Reading(situation));
        return outcome instanceof Outcome.Value v ? Optional.of(v.value()) : Optional.empty();
    }

    /** The value as one answer that a learner could give: the first of several forms. */
    public Optional<String> answer(Expression expression, Situation situation) {
        return value(expression, situation).map(Judge::firstForm);
    }

    /** Whether {@code given} is one of the forms that the expression gives. */
    public boolean matches(String given, Expression expression, Situation situation) {
        return value(expression, situation).map(v -> Answers.matches(given, v)).orElse(false);
    }

    /** The kinds that the checks read, to be watched. */
    public Set<KindName> kinds(List<Check> checks) {
        Set<KindName> kinds = new LinkedHashSet<>();
        checks.forEach(c -> kinds.addAll(language.uses(c.expect()).kinds()));
        return kinds;
    }

    /** The keys in etcd under the prefixes that the checks compare; empty when none does, or nobody can look. */
    public Optional<Set<String>> etcdBaseline(List<Check> checks, Situation situation) {
        Set<String> keys = new HashSet<>();
        boolean asked = false;
        Reading reading = new Reading(situation);
        for (Check check : checks) {
            for (String prefix : language.uses(check.expect()).etcdPrefixes()) {
                asked = true;
                try {
                    keys.addAll(reading.etcdKeys(prefix));
                } catch (RuntimeException unreadable) {
                    return Optional.empty();
                }
            }
        }
        return asked ? Optional.of(keys) : Optional.empty();
    }

    private Verdict verdict(Check check, Reading reading, Map<String, Verdict> earlier, Set<String> held) {
        for (String needed : check.after()) {
            Verdict before = earlier.get(needed);
            if (before != null && !before.passed()) {
                return new CannotCheck(Obstacle.DEPENDS, needed);
            }
        }
        if (held.contains(check.id())) {
            return new Passed();
        }
        Outcome outcome = evaluator.evaluate(check.expect(), reading);
        if (outcome.holds()) {
            return new Passed();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.verdict();
        }
        return check.notMet(words(check.expected(), reading), words(check.actual(), reading)) instanceof NotYet notYet
                ? explained(check, notYet, reading)
                : check.notMet(Optional.empty(), Optional.empty());
    }

    private Verdict explained(Check check, NotYet verdict, Reading reading) {
        if (verdict.expected().isPresent() || verdict.actual().isPresent()) {
            return verdict;
        }
        Optional<Explanation> found = Explanation.of(check.expect(), language, evaluator, reading);
        return new NotYet(
                verdict.reason(), found.map(Explanation::expected), found.map(Explanation::actual), verdict.show());
    }

    private Optional<String> words(@Nullable Expression expression, Reading reading) {
        if (expression == null) {
            return Optional.empty();
        }
        Outcome outcome = evaluator.evaluate(expression, reading);
        return outcome instanceof Outcome.Value v ? Optional.of(String.valueOf(v.value())) : Optional.empty();
    }

    private static String firstForm(Object value) {
        return value instanceof List<?> forms
                ? forms.isEmpty() ? "" : String.valueOf(forms.get(0))
                : String.valueOf(value);
    }
}
