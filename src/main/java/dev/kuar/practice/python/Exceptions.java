package dev.kuar.practice.python;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The exceptions that come with Python, by name. Nobody can change them. */
final class Exceptions {
    private static final String TREE = "BaseException: Exception KeyboardInterrupt SystemExit GeneratorExit\n"
            + "Exception: ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError"
            + " MemoryError NameError OSError ReferenceError RuntimeError StopIteration SyntaxError SystemError TypeError"
            + " ValueError Warning\n"
            + "ArithmeticError: FloatingPointError OverflowError ZeroDivisionError\n"
            + "ImportError: ModuleNotFoundError\nLookupError: IndexError KeyError\nNameError: UnboundLocalError\n"
            + "OSError: BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError"
            + " InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError\n"
            + "ConnectionError: BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError\n"
            + "RuntimeError: NotImplementedError RecursionError\nSyntaxError: IndentationError\nValueError: UnicodeError\n"
            + "UnicodeError: UnicodeDecodeError UnicodeEncodeError\n"
            + "Warning: DeprecationWarning RuntimeWarning UserWarning\nOSError: urllib.error.URLError"
            + " socket.gaierror\nurllib.error.URLError: urllib.error.HTTPError\nValueError: json.decoder.JSONDecodeError\n"
            + "Exception: subprocess.SubprocessError\nsubprocess.SubprocessError: subprocess.CalledProcessError"
            + " subprocess.TimeoutExpired";
    private static final Map<String, Klass> ALL = read();

    private Exceptions() {}

    private static Map<String, Klass> read() {
        Map<String, Klass> all = new LinkedHashMap<>();
        all.put("BaseException", new Klass("BaseException", "", List.of()));
        for (String line : TREE.split("\n")) {
            String[] sides = line.split(": ");
            for (String name : sides[1].split(" ")) {
                int dot = name.lastIndexOf('.');
                Klass base = all.get(sides[0]);
                all.put(
                        name,
                        new Klass(
                                name.substring(dot + 1),
                                dot < 0 ? "" : name.substring(0, dot),
                                base == null ? List.of() : List.of(base)));
            }
        }
        return Map.copyOf(all);
    }

    static Klass of(String name) {
        Klass found = ALL.get(name);
        if (found == null) {
            throw new IllegalStateException("no exception " + name);
        }
        return found;
    }

    /** Those that a program finds under their bare names. */
    static Map<String, Klass> builtIn() {
        Map<String, Klass> found = new LinkedHashMap<>();
        ALL.forEach((name, type) -> {
            if (!name.contains(".")) {
                found.put(name, type);
            }
        });
        found.put("IOError", of("OSError"));
        return found;
    }

    /** The class that stands for an errno. */
    static String ofErrno(int number) {
        return switch (number) {
            case 1, 13 -> "PermissionError";
            case 2 -> "FileNotFoundError";
            case 17 -> "FileExistsError";
            case 20 -> "NotADirectoryError";
            case 21 -> "IsADirectoryError";
            case 104 -> "ConnectionResetError";
            case 110 -> "TimeoutError";
            case 111 -> "ConnectionRefusedError";
            default -> "OSError";
        };
    }
}
