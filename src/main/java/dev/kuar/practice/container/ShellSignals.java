package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The signals for which a shell has a trap: those that have come, and {@code trap}. */
final class ShellSignals {
    /** No signal, but bash and ash can trap it: a command that failed. */
    static final int ERR = -1;

    private final Shell shell;
    private final Deque<Integer> come = new ArrayDeque<>();
    private boolean waiting;
    private boolean broken;
    private boolean acting;

    ShellSignals(Shell shell) {
        this.shell = shell;
    }

    synchronized boolean isQuiet() {
        return come.isEmpty();
    }

    private synchronized @Nullable Integer next() {
        return come.poll();
    }

    /** From here on a signal breaks off what the shell waits for. */
    synchronized void await() {
        waiting = true;
    }

    /** From here on it does not, and no interrupt is left over. */
    synchronized void awaited() {
        waiting = false;
        if (broken) {
            broken = false;
            boolean unused = Thread.interrupted();
        }
    }

    private synchronized void came(int signal) {
        if (!come.contains(signal)) { // one that is pending already is not pending twice
            come.add(signal);
        }
        if (waiting) {
            broken = true;
            shell.task().interrupt();
        }
    }

    /** Runs the actions of signals that have come; the last of them, 0 for none. */
    int handle() throws IOException, InterruptedException {
        if (shell.task().isOver()) {
            throw new InterruptedException();
        }
        int last = 0;
        if (acting) {
            return last;
        }
        for (Integer signal = next(); signal != null; signal = next()) {
            last = signal;
            act(signal);
        }
        return last;
    }

    /** Runs the action of a trap, which leaves the status as it is. */
    void act(int signal) throws IOException, InterruptedException {
        String action = shell.traps().getOrDefault(signal, "");
        if (action.isEmpty() || acting) {
            return;
        }
        int before = shell.status;
        acting = true;
        try {
            int unused = shell.run(action, false);
        } finally {
            acting = false;
        }
        shell.status = before;
    }

    /** @param action null for what happens without a trap */
    void trap(int signal, @Nullable String action) {
        if (action == null) {
            shell.traps().remove(signal);
            if (signal > 0) {
                shell.task().unhandle(signal);
            }
            return;
        }
        shell.traps().put(signal, action);
        if (signal > 0) {
            shell.task().handle(signal, number -> {
                came(number);
                shell.nudge();
            });
        }
    }

    int trap(List<String> given) throws IOException {
        List<String> args = !given.isEmpty() && given.get(0).equals("--") ? given.subList(1, given.size()) : given;
        if (args.isEmpty() || args.get(0).equals("-p") && shell.bash) {
            for (Map.Entry<Integer, String> entry : shell.traps().entrySet()) {
                shell.print("trap -- " + ShellQuote.always(entry.getValue()) + " " + name(entry.getKey()) + "\n");
            }
            return 0;
        }
        if (args.get(0).equals("-l") && !shell.isDash()) {
            return new ShellKill(shell).run(List.of("-l"));
        }
        // A number in the place of the action: all of them are signals.
        boolean resets = args.size() == 1 || args.get(0).matches("\\d+");
        String action = args.get(0);
        int code = 0;
        for (String word : resets ? args : args.subList(1, args.size())) {
            OptionalInt signal = signal(word);
            if (signal.isEmpty()) {
                shell.error(
                        shell.isDash()
                                ? "trap: " + word + ": bad trap"
                                : shell.where("trap") + word + ": invalid signal specification");
                code = 1;
            } else {
                trap(signal.getAsInt(), resets || action.equals("-") ? null : action);
            }
        }
        return code;
    }

    private String name(int signal) {
        if (signal <= 0) {
            return signal == ERR ? "ERR" : "EXIT";
        }
        return (shell.bash ? "SIG" : "") + Signal.name(signal).orElse(Integer.toString(signal));
    }

    private OptionalInt signal(String word) {
        if (word.equals("EXIT") || word.equals("0")) {
            return OptionalInt.of(0);
        }
        if (word.equals("ERR") && !shell.isDash()) {
            return OptionalInt.of(ERR);
        }
        OptionalInt signal = Signal.parse(word);
        return signal.isPresent() && signal.getAsInt() < 65 ? signal : OptionalInt.empty();
    }
}
