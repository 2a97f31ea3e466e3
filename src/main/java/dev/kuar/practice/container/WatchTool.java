package dev.kuar.practice.container;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** watch: a command again and again, below a line that says which; {@code -t} leaves the line out. */
final class WatchTool {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int INTERRUPTED = 128 + Signal.INT;

    private WatchTool() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of(
                "interval", 'n', "no-title", 't', "errexit", 'e', "differences", 'd', "exec", 'x', "chgexit", 'g');
        tools.put("watch", Options.tool("+n:tedxg", names, 1, WatchTool::run));
    }

    private static int run(Task task, Options options) throws IOException, InterruptedException {
        boolean gnu = Options.gnu(task);
        List<String> words = options.operands();
        if (words.isEmpty()) {
            return Options.tooFew(task, 1, "no command", "[-n SEC] [-t] PROG ARGS\n\nRun PROG periodically");
        }
        String wanted = options.value('n', "2");
        if (!wanted.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return task.fail(1, gnu ? "failed to parse argument: '" + wanted + "'" : "invalid number '" + wanted + "'");
        }
        double seconds = Math.max(0.1, Double.parseDouble(wanted));
        String command = String.join(" ", words);
        while (!task.isOver()) {
            task.print("\u001b[H\u001b[J");
            if (!options.has('t')) {
                task.print(title(task, command, seconds) + "\n\n");
            }
            List<String> argv = options.has('x') ? words : List.of("sh", "-c", command);
            int code = new Shell(task).external(argv, Map.of(), false);
            // A Ctrl-C may hit the command as it ends: it is for the whole all the same.
            Tty keyboard = task.tty(0);
            if (keyboard != null && (keyboard.takeStruck() || code == INTERRUPTED)) {
                return INTERRUPTED;
            }
            if (code != 0 && options.has('e')) {
                return code;
            }
            task.container().clock().sleep(Duration.ofMillis(Math.round(1000 * seconds)));
        }
        return 0;
    }

    private static String title(Task task, String command, double seconds) {
        Instant now = task.container().clock().now();
        Tty tty = task.tty(1);
        int width = tty == null ? 80 : tty.columns();
        String left = String.format(Locale.ROOT, "Every %.1fs: ", seconds) + command;
        String right =
                Options.gnu(task) ? task.container().spec().hostname() + ": " + LONG.format(now) : SHORT.format(now);
        int room = (Options.gnu(task) ? width : width - 1) - right.length();
        String shown =
                left.length() + 1 > room ? left.substring(0, Math.max(0, Math.min(left.length(), room - 1))) : left;
        return shown + " ".repeat(Math.max(1, room - shown.length())) + right;
    }
}
