package dev.kuar.practice.python;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The module {@code subprocess}, as far as it waits for what it runs. */
final class Processes {
    private Processes() {}

    static Module module(Machinery machinery) {
        return Module.of("subprocess")
                .with("PIPE", BigInteger.valueOf(-1))
                .with("STDOUT", BigInteger.valueOf(-2))
                .with("DEVNULL", BigInteger.valueOf(-3))
                .with("CalledProcessError", Exceptions.of("subprocess.CalledProcessError"))
                .function("run", a -> run(machinery, a, a.flag("capture_output")))
                .function("call", a -> Attributes.get(run(machinery, a, false), "returncode"))
                .function("check_call", a -> {
                    a.named().put("check", true);
                    return Attributes.get(run(machinery, a, false), "returncode");
                })
                .function("check_output", a -> {
                    a.named().put("check", true);
                    return Attributes.get(run(machinery, a, true), "stdout");
                });
    }

    private static Instance run(Machinery machinery, Arguments a, boolean captures) {
        List<String> words = new ArrayList<>();
        if (a.first() instanceof String line && a.flag("shell")) {
            words.addAll(List.of("/bin/sh", "-c", line));
        } else if (a.first() instanceof String line) {
            words.add(line);
        } else {
            Values.list(a.first()).forEach(word -> words.add(Values.str(word)));
        }
        Object input = a.named().getOrDefault("input", Nothing.NONE);
        boolean text =
                a.flag("text") || a.flag("universal_newlines") || a.named().containsKey("encoding");
        boolean keepsOut = captures || a.named().containsKey("stdout");
        boolean keepsErrors = captures && a.flag("capture_output") || a.named().containsKey("stderr");
        machinery.flush();
        byte[] given = input == Nothing.NONE
                ? null
                : input instanceof Bytes bytes
                        ? bytes.data()
                        : Values.str(input).getBytes(StandardCharsets.UTF_8);
        PythonHost.Ran ran = machinery.host().run(words, given);
        if (ran.code() < 0) {
            throw Raised.of(new PythonHost.SystemFault(2, "No such file or directory"), words.get(0));
        }
        Instance done = new Instance(new Klass("CompletedProcess", "subprocess", List.of()));
        done.attributes().put("args", a.first());
        done.attributes().put("returncode", BigInteger.valueOf(ran.code()));
        done.attributes().put("stdout", kept(machinery, 1, ran.output(), keepsOut, text));
        done.attributes().put("stderr", kept(machinery, 2, ran.errors(), keepsErrors, text));
        if (a.flag("check") && ran.code() != 0) {
            Klass type = new Klass(
                    "CalledProcessError", "subprocess", List.of(Exceptions.of("subprocess.CalledProcessError")));
            String said = "Command " + Repr.of(a.first()) + " returned non-zero exit status " + ran.code() + ".";
            type.attributes().put("__str__", Callable.of("__str__", none -> said));
            Instance error = (Instance) type.call(Arguments.of());
            error.attributes().putAll(done.attributes());
            throw new Raised(error);
        }
        return done;
    }

    private static Object kept(Machinery machinery, int descriptor, byte[] data, boolean keeps, boolean text) {
        String words = new String(data, StandardCharsets.UTF_8);
        if (!keeps) {
            machinery.host().write(descriptor, words);
            return Nothing.NONE;
        }
        return text ? words : Bytes.of(data);
    }
}
