package dev.kuar.cli;

import dev.kuar.error.UserException;
import dev.kuar.output.FailureReport;
import dev.kuar.output.UsageTexts;
import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of kuar, parsed by picocli: a fresh tree for every line, because a tree that is used twice keeps option
 * values, and of the tree only the branch that the line names.
 */
public final class CommandTree implements Program {
    /** The exit code of a command that Ctrl-C ended. */
    public static final int INTERRUPTED = 130;

    private final Host host;

    public CommandTree(Host host) {
        this.host = host;
    }

    /** The names of the commands under {@code kuar} that it parses itself, in the order of the help. */
    public static List<String> names() {
        return Commands.ALL.stream()
                .filter(entry -> entry instanceof Entry.Parsed)
                .map(Entry::name)
                .toList();
    }

    /** What a command run as {@code invocation} may use; for the shell itself, which starts without the tree. */
    public static CommandContext context(Invocation invocation, Host host) {
        return CommandContext.of(invocation, host);
    }

    /** The whole tree, for completion and documentation; it is not run. */
    public CommandLine model(Invocation invocation) {
        return whole(CommandContext.of(invocation, host));
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        CommandContext context = CommandContext.of(invocation, host);
        List<String> words = invocation.arguments();
        Optional<Entry> named = words.isEmpty() ? Optional.empty() : Commands.named(words.get(0));
        FailureReport report = new FailureReport(context.console(), words.contains("--stacktrace"));
        try {
            if (named.isPresent() && named.get() instanceof Entry.Raw raw) {
                List<String> program = new ArrayList<>(words);
                program.set(0, raw.program());
                return host.runWords(context, program);
            }
            CommandLine tree = named.isPresent() ? branch(context, named.get()) : whole(context);
            return execute(tree, context, report, words);
        } catch (UserException e) {
            return report.print(e);
        }
    }

    private static int execute(CommandLine tree, CommandContext context, FailureReport report, List<String> words)
            throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        tree.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof InterruptedException) {
                interrupted.set(true);
                return INTERRUPTED;
            }
            return report.print(failure);
        });
        tree.setParameterExceptionHandler(new UsageReport(context.console()));
        tree.setOut(new PrintWriter(context.console().output(), true, StandardCharsets.UTF_8));
        tree.setErr(new PrintWriter(context.console().error(), true, StandardCharsets.UTF_8));
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(
                context.console().palette().isOn() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        tree.setUsageHelpWidth(Math.max(60, Math.min(100, context.console().columns())));
        int exit = tree.execute(words.toArray(String[]::new));
        if (interrupted.get()) {
            throw new InterruptedException();
        }
        return exit;
    }

    private static CommandLine branch(CommandContext context, Entry entry) {
        CommandLine root = root(context);
        add(root, context, entry);
        return spoken(root, context);
    }

    private static CommandLine whole(CommandContext context) {
        CommandLine root = root(context);
        Commands.ALL.forEach(entry -> add(root, context, entry));
        return spoken(root, context);
    }

    private static CommandLine root(CommandContext context) {
        return new CommandLine(new RootCommand(context), new ContextFactory(context));
    }

    /** The same tree whose help is in the learner's language. */
    private static CommandLine spoken(CommandLine tree, CommandContext context) {
        UsageTexts.of(context.console().messages().language()).ifPresent(tree::setResourceBundle);
        return tree;
    }

    private static void add(CommandLine root, CommandContext context, Entry entry) {
        if (entry instanceof Entry.Parsed parsed) {
            Object command = parsed.command().apply(context);
            root.addSubcommand(parsed.name(), new CommandLine(command, new ContextFactory(context)));
        } else if (entry instanceof Entry.Raw raw) {
            CommandSpec spec = CommandSpec.create().name(raw.name());
            spec.usageMessage().description(raw.description());
            root.addSubcommand(raw.name(), spec);
        }
    }
}
