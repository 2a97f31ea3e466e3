package dev.kuar.shell;

import dev.kuar.cli.CommandContext;
import dev.kuar.cli.TutorDesk;
import dev.kuar.error.UserException;
import dev.kuar.guard.Recognition;
import dev.kuar.guard.TrustBook;
import dev.kuar.output.FailureReport;
import dev.kuar.output.Palette;
import dev.kuar.process.Invocation;
import dev.kuar.process.TerminalView;
import dev.kuar.shell.language.ExitException;
import dev.kuar.shell.language.Jobs;
import dev.kuar.shell.language.Secrets;
import dev.kuar.shell.language.Streams;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** The interactive shell: reads a line with JLine, runs it, says what happened meanwhile, and asks for the next. */
final class Shell {
    private final Terminal terminal;
    private final TerminalInput input;
    private final Workplace workplace;
    private final Streams streams;
    private final Notices notices;
    private final KuarHost host;
    private final TutorDesk desk;
    private final Coach coach;
    private final Prompt prompt;
    private final LineReader reader;

    Shell(KuarHost host, CommandContext context, Terminal terminal) {
        this.terminal = terminal;
        Invocation invocation = context.invocation();
        this.notices = new Notices(this::printAbove);
        PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        this.input = new TerminalInput(terminal);
        boolean process = invocation.terminal().ofProcess();
        TerminalView view =
                new JLineView(terminal, input, process, invocation.terminal().color());
        PrintStream err = invocation.terminal().errorIsTerminal() ? out : invocation.error();
        this.streams = Streams.of(input, out, err, view);
        this.workplace = host.workplace(context, this::apart, () -> Optional.of(terminal));
        this.coach = host.coach();
        workplace.listen(coach);
        this.host = host;
        this.desk = host.desk(workplace, () -> workplace.console(streams), notices::show);
        this.prompt = new Prompt(
                workplace.session(), Palette.of(view.color()), new Recognition(host.home()), desk::promptLabel);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("kuar")
                .parser(new LineParser())
                .completer(new LineCompleter(workplace, host, invocation))
                .highlighter(new LineHighlighter(workplace, view.color()))
                .history(new SafeHistory(workplace.session().history()))
                .variable(LineReader.HISTORY_FILE, host.home().history())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    int run() {
        Interrupts interrupts = Interrupts.of(terminal);
        boolean first = desk.isNew();
        FirstStart start = new FirstStart(new TrustBook(host.home().configuration()), () -> workplace.console(streams));
        host.welcome(desk, workplace.console(streams));
        try {
            if (!host.hasLesson()) {
                start.ask();
            }
            begin();
            while (true) {
                reportJobs();
                notices.flush(text -> streams.output().print(text + "\n"));
                Optional<String> line = read();
                if (line.isPresent() && !start.takes(line.get())) {
                    evaluate(first && line.get().isBlank() ? "learn" : line.get(), interrupts);
                    first = false;
                }
            }
        } catch (EndOfFileException e) {
            return workplace.session().lastStatus();
        } catch (ExitException e) {
            return e.status();
        } finally {
            host.farewell(desk, workplace.console(streams));
            workplace.leave();
            desk.close();
            streams.output().flush();
        }
    }

    private void begin() {
        try {
            host.begin(desk, true);
        } catch (InterruptedException e) {
            streams.output().print("\n");
        } catch (UserException e) {
            var unused = new FailureReport(workplace.console(streams), false).print(e);
        }
    }

    private Optional<String> read() {
        try {
            return Optional.of(reader.readLine(prompt.text()));
        } catch (UserInterruptException e) {
            return Optional.empty();
        }
    }

    private void evaluate(String line, Interrupts interrupts) {
        interrupts.begin();
        input.start();
        try {
            desk.awaitOpen();
            notices.flush(text -> streams.output().print(text + "\n"));
            coach.lineBegins();
            workplace.run(line, streams);
            if (!desk.lineRan()) {
                coach.lineEnded(workplace.console(streams));
            }
        } catch (InterruptedException e) {
            streams.output().print("\n");
        } finally {
            interrupts.end(workplace.session().lastStatus());
            input.stop();
            streams.output().flush();
        }
    }

    private void reportJobs() {
        for (Jobs.Job job : workplace.session().jobs().takeEnded()) {
            streams.output().print(ended(job) + "\n");
        }
    }

    static String ended(Jobs.Job job) {
        String state = job.exit() == 0 ? "Done" : "Exit " + job.exit();
        return String.format("[%d]  %-10s %s", job.number(), state, Secrets.mask(job.text()));
    }

    /** A job's words go above the prompt. */
    private Streams apart(Streams line) {
        PrintStream out = line.outputIsTerminal() ? NoticeStream.to(notices) : line.output();
        PrintStream err = line.errorIsTerminal() ? NoticeStream.to(notices) : line.error();
        return new Streams(line.input(), out, err, TerminalView.NONE, false, false, false);
    }

    private boolean printAbove(String text) {
        if (reader == null || !reader.isReading()) {
            return false;
        }
        if (reader instanceof LineReaderImpl line) {
            line.setPrompt(prompt.text());
        }
        reader.printAbove(text);
        return true;
    }
}
