package dev.kuar.tutor;

import dev.kuar.kube.CommandRun;
import dev.kuar.lesson.Route;
import java.util.List;
import java.util.function.Consumer;

/** Goes a route through a step, as a learner would. */
final class Walk {
    private final LineRunner runner;
    private final Consumer<Said> heard;

    /** {@code heard} gets each line before it is run, and what it printed. */
    Walk(LineRunner runner, Consumer<Said> heard) {
        this.runner = runner;
        this.heard = heard;
    }

    /** What an action looks like when it is typed. */
    static String line(StepRun run, Route.Action action) {
        if (action instanceof Route.Answer answer) {
            return "answer " + run.valueOf(answer.value());
        }
        return run.line(action instanceof Route.Elsewhere e ? e.text() : ((Route.Line) action).text());
    }

    /** Goes all of it and returns the last verdict. */
    StepVerdict go(StepRun run, Route route) throws InterruptedException {
        StepVerdict verdict = run.judge();
        for (Route.Action action : route.actions()) {
            String line = line(run, action);
            heard.accept(new Said.Command(line));
            if (action instanceof Route.Answer answer) {
                verdict = run.answer(run.valueOf(answer.value()));
            } else if (action instanceof Route.Elsewhere) {
                runner.runElsewhere(line);
                verdict = run.judge();
            } else {
                verdict = typed(run, line);
            }
        }
        return verdict;
    }

    /** Types one line and judges. */
    StepVerdict typed(StepRun run, String line) throws InterruptedException {
        LineRunner.Result result = runner.run(line);
        heard.accept(new Said.Output(result.output()));
        List<CommandRun> runs = result.runs();
        return run.observe(runs);
    }
}
