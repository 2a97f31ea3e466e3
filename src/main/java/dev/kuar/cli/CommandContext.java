package dev.kuar.cli;

import dev.kuar.output.Console;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import dev.kuar.process.Invocation;
import java.util.List;

/**
 * All that a command of the tree may use: the run it is part of, where to print, the program around it.
 *
 * @param invocation streams, words, variables, folder, terminal
 * @param console prints in the learner's language
 * @param host the program around it
 */
public record CommandContext(Invocation invocation, Console console, Host host) {

    /** A context whose console follows the words ({@code --no-color}, {@code --lang}), then the environment. */
    static CommandContext of(Invocation invocation, Host host) {
        List<String> words = invocation.arguments();
        if (words.contains("--linear")) {
            invocation.environment().put("KUAR_LINEAR", "1");
        }
        boolean color = !words.contains("--no-color")
                && Palette.wanted(
                        invocation.environment(), invocation.terminal().outputIsTerminal());
        Console console = new Console(
                invocation.output(),
                invocation.error(),
                Palette.of(color),
                new Messages(language(invocation)),
                () -> invocation.terminal().columns(),
                invocation.terminal().errorIsTerminal());
        return new CommandContext(invocation, console, host);
    }

    private static Language language(Invocation invocation) {
        List<String> words = invocation.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("--lang=")) {
                return Language.parse(word.substring("--lang=".length()));
            }
            if (word.equals("--lang") && i + 1 < words.size()) {
                return Language.parse(words.get(i + 1));
            }
        }
        return Language.of(invocation.environment());
    }
}
