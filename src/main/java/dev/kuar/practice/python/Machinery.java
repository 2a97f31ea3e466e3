package dev.kuar.practice.python;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What all of a program shares: the process, the built-in names, the modules, the buffered output. */
final class Machinery {
    private static final int BUFFER = 8192;
    private static final Set<String> STANDARD = Set.of(
            "abc argparse ast asyncio base64 bisect calendar collections concurrent configparser contextlib copy csv ctypes"
                    .split(" "));
    private static final Set<String> STANDARD_TOO = Set.of(
            ("dataclasses decimal difflib email enum errno fcntl fractions functools gc getopt getpass glob gzip hashlib heapq hmac"
                            + " html http importlib inspect io ipaddress itertools locale logging mimetypes multiprocessing"
                            + " operator pathlib pickle pprint queue re select selectors shlex shutil signal sqlite3 ssl stat"
                            + " statistics string struct tarfile tempfile textwrap threading traceback types typing unittest"
                            + " uuid warnings weakref xml zipfile zlib socketserver pdb venv pip")
                    .split(" "));

    private final PythonHost host;
    private final String version;
    private final Map<String, Object> builtins;
    private final Map<String, Module> modules;
    private final StringBuilder buffer = new StringBuilder();
    private final boolean buffered;
    private int depth;

    /** @param buffered whether output waits until there is much of it */
    Machinery(PythonHost host, String version, boolean buffered, java.util.List<String> arguments) {
        this.host = host;
        this.version = version;
        this.buffered = buffered && !host.isTerminal(1);
        this.builtins = new LinkedHashMap<>(Builtins.all(this));
        this.modules = Library.of(this, arguments);
    }

    PythonHost host() {
        return host;
    }

    String version() {
        return version;
    }

    /** The second number of the version. */
    int minor() {
        return Integer.parseInt(version.split("\\.")[1]);
    }

    Map<String, Object> builtins() {
        return builtins;
    }

    /** One more call within another; how many there are now. */
    int enter() {
        return ++depth;
    }

    void leave() {
        depth--;
    }

    /** Lets others have their turn, and hears of a Ctrl-C. */
    void turn() {
        host.turn();
        heed();
    }

    void heed() {
        if (host.interrupted()) {
            throw new Raised((Instance) Exceptions.of("KeyboardInterrupt").call(Arguments.of()));
        }
    }

    void print(String text) {
        if (!buffered) {
            host.write(1, text);
            return;
        }
        buffer.append(text);
        if (buffer.length() > BUFFER) {
            flush();
        }
    }

    void flush() {
        if (buffer.length() > 0) {
            host.write(1, buffer.toString());
            buffer.setLength(0);
        }
    }

    /** What is said after the message of an unknown name. */
    String hint(String name) {
        boolean module = minor() >= 12 && (modules.containsKey(name) || isStandard(name));
        return module ? ". Did you forget to import '" + name + "'?" : "";
    }

    private static boolean isStandard(String name) {
        return STANDARD.contains(name) || STANDARD_TOO.contains(name);
    }

    Module load(String name, int line) {
        Module found = modules.get(name);
        if (found != null) {
            return found;
        }
        String top = name.replaceFirst("\\..*", "");
        if (isStandard(top)) {
            throw new NotModelled("the module '" + name + "'", line);
        }
        Instance missing = (Instance) Exceptions.of("ModuleNotFoundError")
                .call(Arguments.of(
                        modules.containsKey(top) && !name.equals(top)
                                ? "No module named '" + name + "'"
                                : "No module named '" + top + "'"));
        missing.attributes().put("name", name);
        throw new Raised(missing);
    }

    /** A name of a module, or a module within it. */
    Object part(Module module, String name, int line) {
        Object found = module.attributes().get(name);
        if (found == null) {
            found = modules.get(module.name() + "." + name);
        }
        if (found == null) {
            throw new NotModelled("'" + name + "' of the module '" + module.name() + "'", line);
        }
        return found;
    }
}
