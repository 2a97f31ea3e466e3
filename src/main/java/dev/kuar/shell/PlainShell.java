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
    private static final int INTERRUPTED = 130;

    private final Workplace workplace;
    private final Invocation invocation;
    private final Prompt prompt;
    private final KuarHost host;
    private final TutorDesk desk;
    private final Coach coach = new Coach();

    PlainShell(KuarHost host, CommandContext context) {
        this.invocation = context.invocation();
        this.workplace = host.workplace(context, UnaryOperator.identity(), Optional::empty);
        workplace.listen(coach);
        this.host = host;
        this.desk = host.desk(workplace, () -> workplace.console(KuarHost.streams(invocation)), text -> invocation
                .output()
                .print("\n" + text + "\n"));
        this.prompt = new Prompt(workplace.session(), Palette.PLAIN, new Recognition(host.home()), desk::promptLabel);
    }

    int run() throws InterruptedException {
        Streams streams = KuarHost.streams(invocation);
        Thread evaluating = Thread.currentThread();
        boolean[] busy = {false};
        Object handler = Signals.register("INT", () -> {
            if (busy[0]) {
                evaluating.interrupt();
            }
        });
        boolean first = desk.isNew();
        FirstStart start = new FirstStart(new TrustBook(host.home().configuration()), () -> workplace.console(streams));
        host.welcome(desk, workplace.console(streams));
        LineInput input = new LineInput(invocation.input());
        Statements statements = new Statements();
        try {
            if (!host.hasLesson()) {
                start.ask();
            }
            host.begin(desk, false);
            show(prompt.text());
            for (Optional<String> line = input.read(); line.isPresent(); line = input.read()) {
                if (start.takes(line.get())) {
                    show(prompt.text());
                    continue;
                }
                String next = "> ";
                busy[0] = true;
                String typed = first && line.get().isBlank() ? "learn" : line.get();
                first = false;
                for (String whole : statements.take(typed)) {
                    run(whole, streams);
                    next = "";
                }
                busy[0] = false;
                report();
                show(next.isEmpty() || line.get().isBlank() ? prompt.text() : next);
            }
            show("\n");
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
            invocation.output().print("[" + INTERRUPTED + "]\n");
        }
    }

    private void report() {
        for (Jobs.Job job : workplace.session().jobs().takeEnded()) {
            invocation.output().print(Shell.ended(job) + "\n");
        }
    }

    private void show(String text) {
        invocation.output().print(text);
        invocation.output().flush();
    }
}
