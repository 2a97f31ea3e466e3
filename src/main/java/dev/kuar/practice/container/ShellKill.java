package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code kill} as shells have it, with jobs. */
final class ShellKill {
    private static final String BASH_USAGE =
            "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]";

    private final Shell shell;

    ShellKill(Shell shell) {
        this.shell = shell;
    }

    int run(List<String> args) throws IOException {
        if (!args.isEmpty() && (args.get(0).equals("-l") || args.get(0).equals("-L") && shell.bash)) {
            return args.size() == 1 ? all() : named(args.subList(1, args.size()));
        }
        int signal = Signal.TERM;
        int i = 0;
        if (i < args.size() && args.get(i).matches("-.+") && !args.get(i).equals("--")) {
            String word = args.get(i++).substring(1);
            if (word.equals("s") || word.equals("n") && shell.bash) {
                if (i >= args.size()) {
                    return usage();
                }
                word = args.get(i++);
            }
            OptionalInt parsed = word.equals("EXIT") ? OptionalInt.of(0) : Signal.parse(word);
            if (parsed.isEmpty()) {
                return badSignal(word, i == 1);
            }
            signal = parsed.getAsInt();
        }
        if (i < args.size() && args.get(i).equals("--")) {
            i++;
        }
        if (i >= args.size()) {
            return usage();
        }
        int code = 0;
        for (String arg : args.subList(i, args.size())) {
            code = Math.max(code, send(arg, signal));
        }
        return code;
    }

    private int send(String arg, int signal) throws IOException {
        if (arg.startsWith("%")) {
            Optional<Task> job = shell.jobs.task(arg);
            if (job.isEmpty()) {
                return shell.jobs.noSuchJob("kill", arg);
            }
            if (signal != 0) {
                job.get().signalFromWithin(signal);
            }
            return 0;
        }
        if (!arg.matches("-?\\d{1,9}")) {
            if (shell.isDash()) {
                shell.error(shell.where("kill") + "Illegal number: " + arg);
                return 2;
            }
            shell.error(
                    shell.bash
                            ? shell.where("kill") + arg + ": arguments must be process or job IDs"
                            : shell.name + ": invalid number '" + arg + "'");
            return 1;
        }
        // A group is told by the process that leads it.
        int pid = Math.abs(Integer.parseInt(arg));
        Task target = shell.task().container().task(pid == 0 ? shell.task().pid() : pid);
        if (target == null) {
            shell.error(
                    shell.isDash()
                            ? shell.where("kill") + "No such process\n"
                            : shell.bash
                                    ? shell.where("kill") + "(" + arg + ") - No such process"
                                    : shell.name + ": can't kill pid " + arg + ": No such process");
            return 1;
        }
        if (signal != 0) {
            target.signalFromWithin(signal);
        }
        return 0;
    }

    private int badSignal(String word, boolean option) throws IOException {
        if (shell.isDash()) {
            shell.error(shell.where("kill")
                    + (option ? "Illegal option -" + word.charAt(0) : "invalid signal number or name: " + word));
            return 2;
        }
        shell.error(
                shell.bash
                        ? shell.where("kill") + word + ": invalid signal specification"
                        : shell.name + ": bad signal name '" + word + "'");
        return 1;
    }

    private int usage() throws IOException {
        if (shell.isDash()) {
            shell.error(shell.where("kill")
                    + "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]");
            return 2;
        }
        shell.error(shell.bash ? BASH_USAGE : shell.name + ": you need to specify whom to kill");
        return shell.bash ? 2 : 1;
    }

    private int all() throws IOException {
        StringBuilder text = new StringBuilder(shell.isDash() ? "0\n" : "");
        int column = 0;
        for (int signal = 1; signal <= 64; signal++) {
            Optional<String> name = Signal.listed(signal);
            if (name.isEmpty()) {
                continue;
            }
            if (shell.bash) {
                boolean last = ++column % 5 == 0 || signal == 64;
                text.append("%2d) SIG%s".formatted(signal, name.get())).append(last ? "\n" : "\t");
            } else if (shell.isDash()) {
                text.append(name.get()).append('\n');
            } else {
                text.append("%2d) %s\n".formatted(signal, name.get()));
            }
        }
        shell.print(text.toString());
        return 0;
    }

    private int named(List<String> words) throws IOException {
        int code = 0;
        for (String word : words) {
            boolean number = word.matches("\\d{1,4}");
            int signal = number ? Integer.parseInt(word) : Signal.parse(word).orElse(-1);
            int bare = signal > 128 && number ? signal - 128 : signal;
            Optional<String> name = bare == 0 && !shell.isDash() ? Optional.of("EXIT") : Signal.listed(bare);
            if (shell.isDash() && (!number || name.isEmpty())) {
                shell.error(shell.where("kill")
                        + (number ? "invalid signal number or exit status: " + word : "Illegal number: " + word));
                return 2;
            }
            if (number ? name.isEmpty() && shell.bash : signal < 0) {
                code = badSignal(word, false);
            } else {
                shell.print((number ? name.orElse(word) : Integer.toString(signal)) + "\n");
            }
        }
        return code;
    }
}
