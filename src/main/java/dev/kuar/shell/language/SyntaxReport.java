package dev.kuar.shell.language;

import dev.kuar.output.Console;
import dev.kuar.output.DisplayWidth;
import dev.kuar.output.SafeText;

/** Says where a line cannot be read, with a caret under the place. */
public final class SyntaxReport {
    private SyntaxReport() {}

    /** Prints on standard error and returns the exit code, 2. */
    public static int print(LineSyntaxException failure, Console console) {
        String what = console.messages().text(failure.key(), failure.arguments());
        String error = console.palette().red(console.messages().text("error.error"));
        console.error().print(error + " " + SafeText.of(what) + "\n");
        console.error().print("  " + SafeText.of(failure.line()).replace('\t', ' ') + "\n");
        console.error().print("  " + " ".repeat(DisplayWidth.of(SafeText.of(failure.before()))) + "^\n");
        console.error().flush();
        return Evaluator.SYNTAX;
    }
}
