package dev.kuar.session;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Types a script into a terminal as somebody does who looks at the screen.
 *
 * <p>{@code > line} is typed with Enter, then the prompt is waited for; {@code >> line} the same without waiting; {@code ^ key}
 * is pressed, then the prompt is waited for; {@code ^^ key} without waiting; {@code ~ text} waits until the text stands behind
 * what was typed last; {@code # …} is a remark.
 */
final class Typist {
    private static final Pattern PROMPT = Pattern.compile("(?:[a-z-]+ \\d+/\\d+ )?[^$#]+ \\$");

    private final Tmux terminal;
    private int typedAt;

    Typist(Tmux terminal) {
        this.terminal = terminal;
    }

    /** Types all of it; the terminal shows a prompt already, or soon. */
    void type(List<String> script) throws InterruptedException {
        awaitPrompt(-1, "the first prompt");
        for (String line : script) {
            if (line.startsWith("> ")) {
                int last = enter(line.substring(2));
                awaitPrompt(last, line);
            } else if (line.startsWith(">> ")) {
                int unused = enter(line.substring(3));
            } else if (line.startsWith("^^ ")) {
                terminal.press(line.substring(3));
            } else if (line.startsWith("^ ")) {
                int last = terminal.all().size() - 1;
                terminal.press(line.substring(2));
                awaitPrompt(Math.min(last, typedAt), line);
            } else if (line.startsWith("~ ")) {
                awaitText(line.substring(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException("not a line of a session: " + line);
            }
        }
    }

    private int enter(String text) {
        typedAt = terminal.all().size() - 1;
        if (!text.equals("\\n")) {
            terminal.type(text);
        }
        terminal.press("Enter");
        return typedAt;
    }

    /** A bare prompt behind line {@code after}. */
    private void awaitPrompt(int after, String what) throws InterruptedException {
        List<String> unused = terminal.await(
                "a prompt after: " + what,
                shown -> shown.size() - 1 > after
                        && !shown.isEmpty()
                        && PROMPT.matcher(shown.get(shown.size() - 1)).matches());
    }

    private void awaitText(String text) throws InterruptedException {
        List<String> unused = terminal.await(text, shown -> {
            for (int i = Math.max(0, typedAt); i < shown.size(); i++) {
                boolean typed = i == typedAt && shown.get(i).contains("$ ");
                if (!typed && shown.get(i).contains(text)) {
                    return true;
                }
            }
            return false;
        });
    }
}
