package dev.kuar.tool;

import dev.kuar.process.Invocation;

/** kind's messages on standard error: a tick for each phase, with a beginning line where there is no terminal. */
final class KindLog {
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private final Invocation run;
    private final boolean quiet;
    private String phase = "";

    KindLog(Invocation run, boolean quiet) {
        this.run = run;
        this.quiet = quiet;
    }

    void say(String text) {
        if (!quiet) {
            run.error().println(text);
        }
    }

    void begin(String name) {
        end(true);
        phase = name;
        if (quiet) {
            return;
        }
        if (run.terminal().outputIsTerminal()) {
            run.error().print(" • " + name + " \r");
            run.error().flush();
        } else {
            say(" • " + name + "  ...");
        }
    }

    void end(boolean success) {
        if (phase.isEmpty()) {
            return;
        }
        String mark = success ? "✓" : "✗";
        say(" " + (run.terminal().color() && success ? GREEN + mark + PLAIN : mark) + " " + phase);
        phase = "";
    }
}
