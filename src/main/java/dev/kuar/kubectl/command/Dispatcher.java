package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.output.SafeOutput;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the command that a line means, runs it, and words what went wrong. */
public final class Dispatcher {
    private final SharedState shared;
    private final Consumer<RunDetails> report;

    public Dispatcher(SharedState shared, Consumer<RunDetails> report) {
        this.shared = shared;
        this.report = report;
    }

    /** Returns the exit code. */
    public int run(Invocation invocation, Cancellation cancellation) {
        PrintStream err =
                invocation.terminal().outputIsTerminal() ? SafeOutput.around(invocation.error()) : invocation.error();
        try {
            return dispatch(invocation, cancellation);
        } catch (Failure failure) {
            if (!failure.text().isEmpty()) {
                err.print(failure.text() + "\n");
            }
            return failure.exitCode();
        } catch (ParseException malformed) {
            err.print("error: " + malformed.text() + "\n");
            return 1;
        } catch (UncheckedIOException cut) {
            if (!cancellation.isCancelled()) {
                err.print("error: " + cut.getMessage() + "\n");
            }
            return 1;
        } finally {
            invocation.output().flush();
            invocation.error().flush();
        }
    }

    private int dispatch(Invocation invocation, Cancellation cancellation) {
        List<String> words = new ArrayList<>(invocation.arguments());
        CommandSpec command = command(words);
        String name = command.path().isEmpty() ? "kubectl" : "kubectl " + command.path();
        Flags flags = new Flags(CommandList.flagsOf(command));
        boolean help = helpAsked(words);
        if (help) {
            invocation.output().print(Help.of(command));
            return 0;
        }
        ArgumentParser parser = new ArgumentParser(flags, name);
        parser.parse(words);
        if (command.action() == null) {
            return group(invocation, command, parser);
        }
        Run run = new Run(invocation, command, flags, parser, shared, report, cancellation);
        try {
            return command.action().run(run);
        } finally {
            Attempt.report(run);
        }
    }

    /** The command that words name; its own words are taken out of them. */
    static CommandSpec command(List<String> words) {
        CommandSpec command = CommandList.root();
        while (true) {
            int place = firstArgument(words, command);
            CommandSpec next = place < 0 ? null : CommandList.child(command, words.get(place));
            if (next == null) {
                return command;
            }
            words.remove(place);
            command = next;
        }
    }

    private static int group(Invocation invocation, CommandSpec command, ArgumentParser parser) {
        List<String> arguments = parser.arguments();
        if (arguments.isEmpty()) {
            invocation.output().print(Help.of(command));
            return 0;
        }
        if (command.path().isEmpty()) {
            throw Failure.plain(Suggestions.unknown(arguments.get(0), "kubectl", CommandList.childrenOf(command)));
        }
        throw Failure.plain("error: unknown command \"" + String.join(" ", arguments) + "\"\nSee 'kubectl "
                + command.path() + " -h' for help and examples");
    }

    private static boolean helpAsked(List<String> words) {
        for (String word : words) {
            if ("--".equals(word)) {
                return false;
            }
            if ("--help".equals(word) || "-h".equals(word)) {
                return true;
            }
        }
        return false;
    }

    /** The place of the first word that is neither a flag nor a flag's value; -1 without one. */
    static int firstArgument(List<String> words, CommandSpec command) {
        Flags flags = new Flags(CommandList.flagsOf(command));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if ("--".equals(word)) {
                return -1;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                return i;
            }
            Flag flag = word.startsWith("--")
                    ? flags.byName(word.substring(2))
                    : word.length() == 2 ? flags.byShorthand(word.substring(1)) : null;
            if (flag != null && flag.bare().isEmpty() && !word.contains("=")) {
                i++;
            }
        }
        return -1;
    }
}
