package dev.kuar.shell.language;

import java.util.List;

/** Runs loops, conditions and groups. */
final class Compounds {
    interface Runner {
        int run(Script script, Streams streams) throws InterruptedException;
    }

    private final Environment environment;
    private final Session session;
    private final Expander expander;
    private final Runner runner;

    Compounds(Environment environment, Session session, Expander expander, Runner runner) {
        this.environment = environment;
        this.session = session;
        this.expander = expander;
        this.runner = runner;
    }

    int run(Script.Command command, Streams streams) throws InterruptedException {
        try (Redirector redirector = new Redirector(session, expander)) {
            if (command instanceof Script.For loop) {
                return loop(loop, redirector.apply(loop.redirections(), streams));
            }
            if (command instanceof Script.While loop) {
                return loop(loop, redirector.apply(loop.redirections(), streams));
            }
            if (command instanceof Script.If condition) {
                return condition(condition, redirector.apply(condition.redirections(), streams));
            }
            Script.Group group = (Script.Group) command;
            Streams inner = redirector.apply(group.redirections(), streams);
            return group.apart() ? apart(group.body(), inner) : runner.run(group.body(), inner);
        }
    }

    private int apart(Script body, Streams streams) throws InterruptedException {
        try {
            return new Evaluator(environment, session.copy()).runParsed(body, streams);
        } catch (ExitException e) {
            return e.status();
        }
    }

    private int loop(Script.For loop, Streams streams) throws InterruptedException {
        int status = 0;
        List<String> values = expander.fields(loop.words());
        for (String value : values) {
            session.assign(loop.variable(), value);
            status = pass(loop.body(), streams);
        }
        return status;
    }

    private int loop(Script.While loop, Streams streams) throws InterruptedException {
        int status = 0;
        while ((pass(loop.condition(), streams) == 0) == loop.wanted()) {
            status = pass(loop.body(), streams);
        }
        return status;
    }

    /** One pass; a loop of commands that never wait can be interrupted too. */
    private int pass(Script body, Streams streams) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return runner.run(body, streams);
    }

    private int condition(Script.If condition, Streams streams) throws InterruptedException {
        for (Script.Branch branch : condition.branches()) {
            if (runner.run(branch.condition(), streams) == 0) {
                return runner.run(branch.body(), streams);
            }
        }
        return condition.otherwise().items().isEmpty() ? 0 : runner.run(condition.otherwise(), streams);
    }
}
