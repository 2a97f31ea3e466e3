package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** {@code watch [-n SECONDS] COMMAND…}: runs a line again and again until Ctrl-C; on a terminal each run begins at the top. */
final class WatchProgram implements SessionProgram {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final Function<Session, Evaluator> evaluators;

    WatchProgram(Function<Session, Evaluator> evaluators) {
        this.evaluators = evaluators;
    }

    @Override
    public int run(Session session, Invocation invocation) throws InterruptedException {
        List<String> words = invocation.arguments();
        String seconds = "2";
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at++);
            if (word.startsWith("-n")) {
                seconds = word.length() > 2 ? word.substring(2) : at < words.size() ? words.get(at++) : "";
            }
        }
        if (at == words.size() || !seconds.matches("\\d{1,5}(\\.\\d{1,3})?")) {
            Filter.complain(invocation, "usage: watch [-n SECONDS] COMMAND");
            return Filter.USAGE;
        }
        Duration pause = Duration.ofMillis(Math.max(100, (long) (Double.parseDouble(seconds) * 1000)));
        String line = String.join(" ", words.subList(at, words.size()));
        boolean clear = invocation.terminal().outputIsTerminal()
                && !invocation.environment().getOrDefault("TERM", "").equals("dumb")
                && invocation.environment().getOrDefault("KUAR_LINEAR", "").isEmpty();
        while (true) {
            invocation.output().print(clear ? HOME_AND_CLEAR : "");
            invocation.output().print("Every " + seconds + "s: " + line + "\n\n");
            evaluators.apply(session.copy()).runLine(line, invocation, InputStream.nullInputStream());
            invocation.output().flush();
            Pause.of(pause);
        }
    }
}
