package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The modules {@code os} and {@code os.path}. */
final class OsModule {
    private OsModule() {}

    static Map<String, Module> of(Machinery machinery) {
        PythonHost host = machinery.host();
        Map<Object, Object> environment = new LinkedHashMap<>(host.environment());
        Module path = path(host);
        Module os = Module.of("os")
                .with("environ", environment)
                .with("path", path)
                .with("sep", "/")
                .with("linesep", "\n")
                .with("name", "posix")
                .function("getenv", a -> environment.getOrDefault(a.first(), a.get(1, "default", Nothing.NONE)))
                .function("getpid", a -> BigInteger.valueOf(host.pid()))
                .function("getuid", a -> BigInteger.valueOf(host.uid()))
                .function("getcwd", a -> host.directory())
                .function("cpu_count", a -> BigInteger.valueOf(4))
                .function("listdir", touching(a -> new ArrayList<Object>(host.list(a.text(0, "path", ".")))))
                .function("chdir", touching(a -> {
                    host.changeDirectory(Values.str(a.first()));
                    return Nothing.NONE;
                }))
                .function("mkdir", touching(a -> {
                    host.makeDirectory(Values.str(a.first()));
                    return Nothing.NONE;
                }))
                .function("makedirs", touching(a -> makeAll(host, Values.str(a.first()), a.flag("exist_ok"))))
                .function("remove", touching(a -> remove(host, Values.str(a.first()))))
                .function("unlink", touching(a -> remove(host, Values.str(a.first()))))
                .function("system", a -> {
                    machinery.flush();
                    PythonHost.Ran ran = host.run(List.of("/bin/sh", "-c", Values.str(a.first())), null);
                    host.write(1, new String(ran.output(), java.nio.charset.StandardCharsets.UTF_8));
                    host.write(2, new String(ran.errors(), java.nio.charset.StandardCharsets.UTF_8));
                    return BigInteger.valueOf((long) ran.code() << 8);
                })
                .function("uname", a -> Tuple.of("Linux", host.hostname(), "", "", "x86_64"));
        Map<String, Module> all = new LinkedHashMap<>();
        all.put("os", os);
        all.put("os.path", path);
        return all;
    }

    /** A function on a file that the kernel may refuse. */
    @FunctionalInterface
    interface Touching {
        Object of(Arguments arguments) throws PythonHost.SystemFault;
    }

    static Function<Arguments, Object> touching(Touching body) {
        return a -> {
            try {
                return body.of(a);
            } catch (PythonHost.SystemFault fault) {
                throw Raised.of(fault, a.size() == 0 ? null : Values.str(a.first()));
            }
        };
    }

    private static Object remove(PythonHost host, String path) throws PythonHost.SystemFault {
        host.remove(path);
        return Nothing.NONE;
    }

    private static Object makeAll(PythonHost host, String path, boolean may) throws PythonHost.SystemFault {
        if (!host.kind(path).isEmpty()) {
            if (may && host.kind(path).equals("directory")) {
                return Nothing.NONE;
            }
            throw new PythonHost.SystemFault(17, "File exists");
        }
        for (int i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) {
            if (host.kind(path.substring(0, i)).isEmpty()) {
                host.makeDirectory(path.substring(0, i));
            }
        }
        if (!path.endsWith("/")) {
            host.makeDirectory(path);
        }
        return Nothing.NONE;
    }

    private static Module path(PythonHost host) {
        return Module.of("os.path")
                .function("exists", a -> !host.kind(Values.str(a.first())).isEmpty())
                .function("isfile", a -> host.kind(Values.str(a.first())).equals("file"))
                .function("isdir", a -> host.kind(Values.str(a.first())).equals("directory"))
                .function("islink", a -> host.isLink(Values.str(a.first())))
                .function("getsize", touching(a -> BigInteger.valueOf(host.read(Values.str(a.first())).length)))
                .function("getmtime", a -> Library.seconds(host.modified(Values.str(a.first()))))
                .function("basename", a -> Values.str(a.first()).replaceFirst("^.*/", ""))
                .function(
                        "dirname",
                        a -> Values.str(a.first()).contains("/")
                                ? Values.str(a.first()).replaceFirst("/[^/]*$", "")
                                : "")
                .function(
                        "abspath",
                        a -> Values.str(a.first()).startsWith("/")
                                ? a.first()
                                : host.directory() + "/" + Values.str(a.first()))
                .function("splitext", a -> {
                    String name = Values.str(a.first());
                    int dot = name.lastIndexOf('.');
                    return dot > name.lastIndexOf('/') + 1
                            ? Tuple.of(name.substring(0, dot), name.substring(dot))
                            : Tuple.of(name, "");
                })
                .function("join", a -> {
                    String joined = "";
                    for (Object part : a.items()) {
                        String next = Values.str(part);
                        joined = next.startsWith("/") || joined.isEmpty()
                                ? next
                                : joined + (joined.endsWith("/") ? "" : "/") + next;
                    }
                    return joined;
                });
    }
}
