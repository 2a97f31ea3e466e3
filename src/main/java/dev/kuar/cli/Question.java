package dev.kuar.cli;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Asks the learner for a yes before something that cannot be taken back; without a terminal the answer is no. */
final class Question {
    private static final Set<String> YES = Set.of("y", "yes", "예", "네", "ㅛ");

    private Question() {}

    /** Prints the text of {@code key} and reads one line. */
    static boolean yes(CommandContext context, String key, Object... arguments) {
        Invocation run = context.invocation();
        if (!run.terminal().inputIsTerminal()) {
            return false;
        }
        run.output().print(context.console().messages().text(key, arguments) + " [y/N] ");
        run.output().flush();
        try {
            return YES.contains(line(run.input()).strip().toLowerCase(Locale.ROOT));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Byte by byte: what comes after the line is somebody else's. */
    static String line(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n' && c != '\r'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
