package dev.kuar.tutor;

import dev.kuar.check.Expression;
import dev.kuar.check.Judge;
import dev.kuar.check.Judgement;
import dev.kuar.check.Situation;
import dev.kuar.check.Verdict;
import dev.kuar.error.UserException;
import dev.kuar.kube.CommandRun;
import dev.kuar.lesson.Lesson;
import dev.kuar.lesson.Placeholder;
import dev.kuar.lesson.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One go at a step, from its beginning to its end: what was run and answered in it, and what that comes to.
 *
 * <p>The same for a learner, {@code --auto} and a proof. Safe for several threads: a watch judges beside the learner.
 */
final class StepRun {
    static final String LESSON_LABEL = "kuar.dev/lesson";
    private static final Duration SETUP_LIMIT = Duration.ofSeconds(60);
    private static final int MOST_RUNS = 200;

    private final Lesson lesson;
    private final Step step;
    private final Judge judge;
    private final Surroundings around;
    private final LineRunner runner;
    private final List<CommandRun> ran = new ArrayList<>();
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private Set<String> held = Set.of();
    private String answer = "";
    private @Nullable Set<String> etcdBaseline;

    StepRun(Lesson lesson, Step step, Judge judge, Surroundings around, LineRunner runner) {
        this.lesson = lesson;
        this.step = step;
        this.judge = judge;
        this.around = around;
        this.runner = runner;
    }

    Lesson lesson() {
        return lesson;
    }

    Step step() {
        return step;
    }

    /** Brings the world into the state that the step begins with; false when it didn't come about in time. */
    synchronized boolean begin() throws InterruptedException {
        ran.clear();
        answer = "";
        held = Set.of();
        etcdBaseline = null;
        WorkFolder folder = new WorkFolder(runner.folder());
        step.files().forEach(name -> folder.put(name, lesson.file(name)));
        for (String file : step.setup()) {
            around.apply(lesson.setup(file), lesson.namespace(), Map.of(LESSON_LABEL, lesson.slug()));
        }
        LineRunner limited = new LineLimit(runner, SETUP_LIMIT);
        for (String line : step.before()) {
            limited.run(line(line));
        }
        Expression until = step.until();
        boolean ready = until == null || Waiter.until(() -> judge.holds(until, situation()), SETUP_LIMIT);
        variables.clear();
        etcdBaseline = judge.etcdBaseline(step.checks(), situation()).orElse(null);
        return ready;
    }

    /** Judges after lines that ran. */
    synchronized StepVerdict observe(List<CommandRun> runs) {
        ran.addAll(runs);
        if (ran.size() > MOST_RUNS) {
            ran.subList(0, ran.size() - MOST_RUNS).clear();
        }
        return judge();
    }

    synchronized StepVerdict answer(String words) {
        answer = words.strip();
        return judge();
    }

    /** Whether words are the answer to the step's question, whatever else was done. */
    synchronized boolean isRight(String words) {
        Expression question = step.question();
        return question != null && judge.matches(words.strip(), question, situation());
    }

    /** Judges as things are now. */
    synchronized StepVerdict judge() {
        Situation now = situation();
        for (Step.Need need : step.needs()) {
            if (judge.refutes(need.expect(), now)) {
                Verdict gone = new Verdict.NoLongerPossible(need.otherwise());
                return new StepVerdict(
                        new Judgement(Map.of("needs", gone), held), gone, Optional.of(need.otherwise()), false);
            }
        }
        Judgement judgement = judge.judge(step.checks(), now, held, step.offline());
        held = judgement.held();
        Verdict overall = judgement.overall();
        if (overall instanceof Verdict.NotYet notYet) {
            Optional<String> wrong = named(now);
            return new StepVerdict(judgement, overall, wrong.or(() -> Optional.of(notYet.reason())), wrong.isPresent());
        }
        boolean lesson = overall instanceof Verdict.CannotCheck c && c.why() == Verdict.Obstacle.LESSON;
        return new StepVerdict(
                judgement,
                overall,
                lesson ? Optional.of(((Verdict.CannotCheck) overall).detail()) : Optional.empty(),
                false);
    }

    /**
     * A line with the variables put in.
     *
     * @throws UserException when a value would mean something to a shell
     */
    synchronized String line(String text) {
        if (Placeholder.names(text).isEmpty()) {
            return text;
        }
        Map<String, Object> values = variables(base());
        Placeholder.unsafe(text, values).ifPresent(name -> {
            throw UserException.saying(
                    TutorReason.UNSAFE_VALUE, "tutor.unsafe-value", name, String.valueOf(values.get(name)));
        });
        return Placeholder.fill(text, values);
    }

    /** A text with the variables put in. */
    synchronized String fill(String text) {
        return Placeholder.names(text).isEmpty() ? text : Placeholder.fill(text, variables(base()));
    }

    /** What an expression of the lesson gives as an answer; empty when it can't be evaluated. */
    synchronized String valueOf(Expression expression) {
        return judge.answer(expression, situation()).orElse("");
    }

    synchronized boolean holds(Expression expression) {
        return judge.holds(expression, situation());
    }

    /** Whether the API server of the current cluster answers. */
    synchronized boolean reachable() {
        return judge.reachable(situation());
    }

    /** Whether a check reads objects of the cluster. */
    boolean readsTheCluster() {
        return step.checks().stream().anyMatch(judge::asksTheServer);
    }

    /** Whether the step can't be judged without a cluster: it is read, or what the learner does needs it. */
    boolean asksTheCluster() {
        return readsTheCluster() || (!step.offline() && step.checks().stream().anyMatch(judge::looksAtTheLearner));
    }

    /** The kinds that the checks read. */
    Set<dev.kuar.kube.ClusterView.KindName> kinds() {
        return judge.kinds(step.checks());
    }

    private Optional<String> named(Situation now) {
        for (Step.Wrong wrong : step.wrong()) {
            Expression said = wrong.answer();
            Expression when = wrong.when();
            boolean matches = when != null && !ran.isEmpty() && judge.holds(when, now);
            boolean answered = said != null && !answer.isEmpty() && judge.matches(answer, said, now);
            if (matches || (answered && when == null)) {
                return Optional.of(wrong.reason());
            }
        }
        return Optional.empty();
    }

    private Situation situation() {
        Situation base = base();
        return base.withVariables(variables(base));
    }

    private Situation base() {
        Optional<Surroundings.Current> current = around.current();
        return new Situation(
                current.map(Surroundings.Current::view).orElse(null),
                current.map(Surroundings.Current::provider).orElse(""),
                current.map(Surroundings.Current::name).orElse(""),
                current.map(Surroundings.Current::practice).orElse(false),
                lesson.namespace(),
                ran,
                answer,
                step.question(),
                Map.copyOf(variables),
                around::clusters,
                around::kubeconfig,
                new WorkFolder(runner.folder())::text,
                etcdBaseline);
    }

    /** Computed once in a step; what couldn't be is tried again the next time. */
    private Map<String, Object> variables(Situation base) {
        Map<String, Expression> wanted = new LinkedHashMap<>(lesson.variables());
        wanted.putAll(step.variables());
        wanted.forEach((name, expression) -> {
            if (!variables.containsKey(name)) {
                judge.value(expression, base.withVariables(Map.copyOf(variables)))
                        .ifPresent(value -> variables.put(name, value));
            }
        });
        return Map.copyOf(variables);
    }
}
