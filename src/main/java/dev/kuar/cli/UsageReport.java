package dev.kuar.cli;

import dev.kuar.output.Closest;
import dev.kuar.output.Console;
import dev.kuar.output.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the words of a command, what was probably meant, and where the help is. */
final class UsageReport implements IParameterExceptionHandler {
    private static final int USAGE = 2;

    private final Console console;

    UsageReport(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        String error = console.messages().text("error.error");
        String message = SafeText.of(what(failure));
        console.remark(console.palette().red(error) + " " + message);
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = meant(unmatched);
            if (!suggestions.isEmpty()) {
                console.note("cli.did-you-mean", String.join(", ", suggestions));
            }
        }
        console.note("cli.see-help", command);
        return USAGE;
    }

    /** Where a command with subcommands is given a word that is none of them, that is said. */
    private String what(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            boolean group = !failure.getCommandLine().getSubcommands().isEmpty()
                    || failure.getCommandLine().getParent() == null;
            String key =
                    word.startsWith("-") ? "cli.unknown-option" : group ? "cli.no-such-command" : "cli.one-too-many";
            return console.messages().text(key, word);
        }
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            String all = missing.getMissing().stream().map(UsageReport::name).collect(Collectors.joining(", "));
            boolean value = missing.getMissing().get(0).isOption();
            return console.messages().text(value ? "cli.needs-value" : "cli.missing", all);
        }
        if (failure.getArgSpec() != null && failure.getValue() != null) {
            return console.messages().text("cli.bad-value", failure.getValue(), name(failure.getArgSpec()));
        }
        return String.valueOf(failure.getMessage());
    }

    /** An option by its longest name, a parameter by its label. */
    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static List<String> meant(UnmatchedArgumentException failure) {
        CommandLine at = failure.getCommandLine();
        List<String> known = new ArrayList<>(
                at.getParent() == null && at.getSubcommands().isEmpty()
                        ? CommandTree.names()
                        : at.getSubcommands().keySet());
        at.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        return Closest.to(failure.getUnmatched().get(0), known);
    }
}
