package dev.kuar.shell;

import dev.kuar.cli.CommandContext;
import dev.kuar.cli.TutorDesk;
import dev.kuar.guard.Recognition;
import dev.kuar.guard.TrustBook;
import dev.kuar.output.Palette;
import dev.kuar.process.Invocation;
import dev.kuar.shell.language.ExitException;
import dev.kuar.shell.language.Jobs;
import dev.kuar.shell.language.Streams;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jline.utils.Signals;

/** The shell where the cursor stays on its line: {@code --linear}, TERM=dumb. The terminal itself edits the line. */
final class PlainShell {
    private final Workplace workplace;
    private final Invocation invocation;
    private final Prompt prompt;
    private final KuarHost host;
    private final TutorDesk desk;
    private final Coach coach;
    private Statements statements = new Statements();
    /** The prompt that stands there, empty while a line runs. */
    private volatile String asking = "";

    PlainShell(KuarHost host, CommandContext context) {
        this.invocation = context.invocation();
        this.workplace = host.workplace(context, UnaryOperator.identity(), Optional::empty);
        this.coach = host.coach();
        workplace.listen(coach);
        this.host = host;
        this.desk = host.desk(workplace, () -> workplace.console(KuarHost.streams(invocation)), this::above);
        this.prompt = new Prompt(workplace.session(), Palette.PLAIN, new Recognition(host.home()), desk::promptLabel);
    }

    int run() throws InterruptedException {
        Streams streams = KuarHost.streams(invocation);
        Thread evaluating = Thread.currentThread();
        Object handler = Signals.register("INT", () -> {
            if (asking.isEmpty()) {
                evaluating.interrupt();
            } else {
                // The terminal has thrown the line away.
                statements = new Statements();
                ask("\n", prompt.text());
            }
        });
        boolean first = desk.isNew();
        FirstStart start = new FirstStart(new TrustBook(host.home().configuration()), () -> workplace.console(streams));
        host.welcome(desk, workplace.console(streams));
        LineInput input = new LineInput(invocation.input());
        try {
            if (!host.hasLesson()) {
                start.ask();
            }
            host.begin(desk, false);
            ask("", prompt.text());
            for (Optional<String> line = input.read(); line.isPresent(); line = input.read()) {
                if (start.takes(line.get())) {
                    ask("", prompt.text());
                    continue;
                }
                String next = "> ";
                asking = "";
                String typed = first && line.get().isBlank() ? "learn" : line.get();
                first = false;
                for (String whole : statements.take(typed)) {
                    run(whole, streams);
                    next = "";
                }
                report();
                ask("", next.isEmpty() || line.get().isBlank() ? prompt.text() : next);
            }
            invocation.output().print("\n");
            return workplace.session().lastStatus();
        } catch (ExitException e) {
            return e.status();
        } finally {
            host.farewell(desk, workplace.console(streams));
            workplace.leave();
            desk.close();
            Signals.unregister("INT", handler);
        }
    }

    private void run(String whole, Streams streams) {
        try {
            coach.lineBegins();
            workplace.run(whole, streams);
            if (!desk.lineRan()) {
                coach.lineEnded(workplace.console(streams));
            }
        } catch (InterruptedException e) {
            invocation.output().print("\n");
        }
    }

    private void report() {
        for (Jobs.Job job : workplace.session().jobs().takeEnded()) {
            invocation.output().print(Shell.ended(job) + "\n");
        }
    }

    private void ask(String before, String text) {
        asking = text;
        invocation.output().print(before + text);
        invocation.output().flush();
    }

    /** A notice, and the prompt again where one stood. */
    private void above(String text) {
        invocation.output().print((asking.isEmpty() ? "" : "\n") + text + "\n" + asking);
        invocation.output().flush();
    }
}
