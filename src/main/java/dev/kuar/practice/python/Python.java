package dev.kuar.practice.python;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An interpreter of one process. Not thread-safe. */
public final class Python {
    private static final int INTERRUPTED = 130;

    private final PythonHost host;
    private final Machinery machinery;
    private final Map<String, Object> names = new LinkedHashMap<>();

    /**
     * @param version in full, {@code 3.13.9}
     * @param buffered whether output that goes to no terminal waits until there is much of it
     * @param arguments {@code sys.argv}
     */
    public Python(PythonHost host, String version, boolean buffered, List<String> arguments) {
        this.host = host;
        this.machinery = new Machinery(host, version, buffered, arguments);
        names.put("__name__", "__main__");
        names.put("__doc__", Nothing.NONE);
    }

    /** Runs a program; the exit code. {@code file} is its name in tracebacks. */
    public int run(String file, String source) {
        try {
            Integer code = guarded(file, source, () -> {
                Stmt program = StatementParser.program(source);
                Scope scope = Scope.module(machinery, names, new Scope.Code(file, source));
                try {
                    program.run(scope);
                } catch (Raised raised) {
                    scope.leave(raised);
                    throw raised;
                }
            });
            return code == null ? 0 : code;
        } finally {
            machinery.flush();
        }
    }

    /** Says what is wrong, or runs it; null where it went well. */
    private @Nullable Integer guarded(String file, String source, Runnable action) {
        try {
            action.run();
            return null;
        } catch (WrongSyntax wrong) {
            machinery.flush();
            host.write(2, wrong.shown(file, source));
            return 1;
        } catch (NotModelled missing) {
            machinery.flush();
            String place = missing.line() > 0 ? " (\"" + file + "\", line " + missing.line() + ")" : "";
            host.write(2, "python: the practice cluster's Python does not have " + missing.getMessage() + place + "\n");
            return 1;
        } catch (Raised raised) {
            return ended(raised);
        } catch (StackOverflowError deep) {
            machinery.flush();
            host.write(2, "RecursionError: maximum recursion depth exceeded\n");
            return 1;
        }
    }

    private int ended(Raised raised) {
        machinery.flush();
        if (raised.isA("SystemExit")) {
            Object code = raised.value()
                    .attributes()
                    .getOrDefault(
                            "code",
                            raised.value().args().isEmpty()
                                    ? Nothing.NONE
                                    : raised.value().args().get(0));
            if (code instanceof java.math.BigInteger number) {
                return number.intValue() & 0xff;
            }
            if (code instanceof Boolean yes) {
                return yes ? 1 : 0;
            }
            if (code == Nothing.NONE) {
                return 0;
            }
            host.write(2, Values.str(code) + "\n");
            return 1;
        }
        host.write(2, Traceback.of(raised, machinery.minor()));
        return raised.isA("KeyboardInterrupt") ? INTERRUPTED : 1;
    }

    /** Talks to somebody at a terminal until the input ends; the exit code. */
    public int talk() {
        String head = machinery.version();
        host.write(
                1,
                "Python " + head + " (main, Nov 18 2025, 05:41:34) [GCC 14.2.0] on linux\n"
                        + "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
        while (true) {
            String first = host.line(">>> ");
            if (host.interrupted()) {
                host.write(1, "\nKeyboardInterrupt\n");
                continue;
            }
            if (first == null) {
                host.write(1, "\n");
                return 0;
            }
            if (first.isBlank()) {
                continue;
            }
            Integer code = entered(first);
            if (code != null) {
                return code;
            }
        }
    }

    /** Runs what was entered, once it is whole; an exit code where that ends the conversation. */
    private @Nullable Integer entered(String first) {
        StringBuilder source = new StringBuilder(first);
        boolean block = first.strip().endsWith(":") || first.startsWith("@");
        while (block || isUnfinished(source.toString())) {
            String more = host.line("... ");
            if (more == null || host.interrupted()) {
                host.write(1, "\nKeyboardInterrupt\n");
                return null;
            }
            source.append(more);
            if (more.isBlank()) {
                block = false;
            }
            if (more.isBlank() && !isUnfinished(source.toString())) {
                break;
            }
            if (more.isBlank()) {
                break;
            }
        }
        String text = source.toString();
        int[] exit = {-1};
        guarded("<stdin>", text, () -> {
            Stmt program = StatementParser.program(text, (scope, value) -> {
                if (value != Nothing.NONE) {
                    scope.set("_", value);
                    machinery.print(Repr.of(value) + "\n");
                }
            });
            Scope scope = Scope.module(machinery, names, new Scope.Code("<stdin>", text));
            try {
                program.run(scope);
            } catch (Raised raised) {
                scope.leave(raised);
                if (raised.isA("SystemExit")) {
                    exit[0] = ended(raised);
                    return;
                }
                throw raised;
            }
        });
        machinery.flush();
        return exit[0] < 0 ? null : exit[0];
    }

    private static boolean isUnfinished(String source) {
        try {
            StatementParser.program(source);
            return false;
        } catch (WrongSyntax wrong) {
            return wrong.isUnfinished();
        } catch (NotModelled missing) {
            return false;
        }
    }
}
