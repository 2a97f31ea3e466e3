package dev.kuar.practice.python;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files and the process's own streams as objects of a program. */
final class Streams {
    private Streams() {}

    /** Where bytes come from, all at once or line by line. */
    interface Source {
        /** A line with its end; null after the last. */
        @Nullable
        String line();
    }

    static @Nullable String line(Machinery machinery, String prompt) {
        machinery.print(prompt);
        machinery.flush();
        return machinery.host().line();
    }

    private static Klass type(String name) {
        Klass type = new Klass(name, "_io", List.of());
        type.attributes()
                .put(
                        "__iter__",
                        Callable.of(
                                "__iter__",
                                a -> new Sequence.Once(
                                        "iterator",
                                        Values.list(Builtins.call(Attributes.get(a.first(), "readlines")))
                                                .iterator())));
        type.attributes().put("__enter__", Callable.of("__enter__", Arguments::first));
        return type;
    }

    private static Instance stream(String type, boolean binary, Source source) {
        Instance made = new Instance(type(type));
        method(made, "__enter__", a -> made);
        method(made, "__exit__", a -> Builtins.call(Attributes.get(made, "close")));
        method(made, "close", a -> Nothing.NONE);
        method(made, "flush", a -> Nothing.NONE);
        method(made, "readable", a -> true);
        method(made, "readline", a -> {
            String line = source.line();
            return form(line == null ? "" : line, binary);
        });
        method(made, "readlines", a -> {
            List<Object> lines = new ArrayList<>();
            for (String line = source.line(); line != null; line = source.line()) {
                lines.add(form(line, binary));
            }
            return lines;
        });
        method(made, "read", a -> {
            StringBuilder all = new StringBuilder();
            for (String line = source.line(); line != null; line = source.line()) {
                all.append(line);
            }
            return form(all.toString(), binary);
        });
        return made;
    }

    private static Object form(String text, boolean binary) {
        return binary ? new Bytes(text) : text;
    }

    private static void method(Instance of, String name, java.util.function.Function<Arguments, Object> body) {
        of.attributes().put(name, Callable.of(name, body));
    }

    /** The lines of a text one after the other. */
    static Source lines(String text) {
        return new Source() {
            private int at;

            @Override
            public @Nullable String line() {
                if (at >= text.length()) {
                    return null;
                }
                int end = text.indexOf('\n', at);
                String line = text.substring(at, end < 0 ? text.length() : end + 1);
                at += line.length();
                return line;
            }
        };
    }

    static Instance input(Machinery machinery) {
        Instance made = stream("TextIOWrapper", false, () -> {
            machinery.flush();
            String line = machinery.host().line();
            machinery.heed();
            return line;
        });
        made.attributes().put("name", "<stdin>");
        method(made, "isatty", a -> machinery.host().isTerminal(0));
        return made;
    }

    /** @param descriptor 1 or 2 */
    static Instance output(Machinery machinery, int descriptor) {
        Instance made = stream("TextIOWrapper", false, () -> null);
        made.attributes().put("name", descriptor == 1 ? "<stdout>" : "<stderr>");
        method(made, "isatty", a -> machinery.host().isTerminal(descriptor));
        method(made, "write", a -> {
            if (!(a.first() instanceof String text)) {
                throw Raised.of("TypeError", "write() argument must be str, not " + Values.type(a.first()));
            }
            if (descriptor == 1) {
                machinery.print(text);
            } else {
                machinery.host().write(2, text);
            }
            return BigInteger.valueOf(text.length());
        });
        method(made, "flush", a -> {
            machinery.flush();
            return Nothing.NONE;
        });
        return made;
    }

    /** Something that was read in whole, such as the body of an answer. */
    static Instance body(String type, byte[] data) {
        return stream(type, true, lines(new String(data, StandardCharsets.ISO_8859_1)));
    }

    static Object open(Machinery machinery, String path, String mode) {
        PythonHost host = machinery.host();
        boolean binary = mode.contains("b");
        if (!mode.matches("[rwax](b|t|\\+)*")) {
            throw Raised.of("ValueError", "invalid mode: '" + mode + "'");
        }
        try {
            if (mode.startsWith("r")) {
                String text =
                        new String(host.read(path), binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
                Instance made = stream(binary ? "BufferedReader" : "TextIOWrapper", binary, lines(text));
                made.attributes().put("name", path);
                method(made, "write", a -> {
                    throw Raised.of("OSError", "not writable");
                });
                return made;
            }
            if (mode.startsWith("x") && !host.kind(path).isEmpty()) {
                throw new PythonHost.SystemFault(17, "File exists");
            }
            host.save(path, new byte[0], mode.startsWith("a"));
        } catch (PythonHost.SystemFault fault) {
            throw Raised.of(fault, path);
        }
        return writer(host, path, binary);
    }

    private static Instance writer(PythonHost host, String path, boolean binary) {
        Instance made = stream(binary ? "BufferedWriter" : "TextIOWrapper", binary, () -> {
            throw Raised.of("OSError", "not readable");
        });
        made.attributes().put("name", path);
        method(made, "write", a -> {
            if (binary != a.first() instanceof Bytes) {
                throw Raised.of(
                        "TypeError",
                        binary
                                ? "a bytes-like object is required, not '" + Values.type(a.first()) + "'"
                                : "write() argument must be str, not " + Values.type(a.first()));
            }
            byte[] data = a.first() instanceof Bytes bytes
                    ? bytes.data()
                    : Values.str(a.first()).getBytes(StandardCharsets.UTF_8);
            try {
                host.save(path, data, true);
            } catch (PythonHost.SystemFault fault) {
                throw Raised.of(fault, path);
            }
            return BigInteger.valueOf(Values.size(a.first()));
        });
        method(made, "writelines", a -> {
            Values.list(a.first()).forEach(line -> Builtins.call(Attributes.get(made, "write"), line));
            return Nothing.NONE;
        });
        return made;
    }
}
