package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code sed [-n] [-E] [-e SCRIPT] SCRIPT [FILE…]} with {@code s}, {@code d}, {@code p}, {@code q} and addresses. */
final class SedProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "nErse:");
        List<String> operands = new ArrayList<>(options.operands());
        List<String> scripts = new ArrayList<>(options.values('e'));
        if (scripts.isEmpty()) {
            if (operands.isEmpty()) {
                throw new Options.Unknown("usage: sed [-n] [-E] SCRIPT [FILE...]");
            }
            scripts.add(operands.remove(0));
        }
        boolean extended = options.has('E') || options.has('r');
        List<SedCommand> commands = new ArrayList<>();
        for (String script : scripts) {
            commands.addAll(SedCommand.parse(script, extended));
        }
        List<String> lines = allLines(invocation, operands);
        for (int i = 0; i < lines.size(); i++) {
            if (!one(invocation, commands, lines.get(i), i + 1, i + 1 == lines.size(), options.has('n'))) {
                break;
            }
        }
        return 0;
    }

    /** Runs the script on one line; returns false after {@code q}. */
    private static boolean one(
            Invocation invocation, List<SedCommand> commands, String line, int number, boolean last, boolean quiet) {
        String text = line;
        boolean quit = false;
        for (SedCommand command : commands) {
            if (!command.applies(text, number, last)) {
                continue;
            }
            switch (command.letter()) {
                case 'd' -> {
                    return true;
                }
                case 'p' -> print(invocation, text);
                case 'q' -> quit = true;
                default -> {
                    String changed = command.substitute(text);
                    if (command.prints() && !changed.equals(text)) {
                        print(invocation, changed);
                    }
                    text = changed;
                }
            }
            if (quit) {
                break;
            }
        }
        if (!quiet) {
            print(invocation, text);
        }
        return !quit;
    }
}
