package dev.kuar.practice.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The modules that a program can import. */
final class Library {
    private Library() {}

    static Map<String, Module> of(Machinery machinery, List<String> arguments) {
        Map<String, Module> all = new LinkedHashMap<>();
        for (Module module : List.of(
                system(machinery, arguments),
                time(machinery),
                math(),
                random(),
                json(),
                platform(machinery),
                socket(machinery),
                Clocks.module(machinery))) {
            all.put(module.name(), module);
        }
        all.putAll(OsModule.of(machinery));
        all.putAll(WebModules.of(machinery));
        all.put("subprocess", Processes.module(machinery));
        all.put("__future__", Module.of("__future__").with("annotations", true).with("print_function", true));
        return all;
    }

    private static Module system(Machinery machinery, List<String> arguments) {
        String version = machinery.version();
        List<Object> parts = new ArrayList<>();
        for (String part : version.split("\\.")) {
            parts.add(new BigInteger(part));
        }
        parts.add("final");
        parts.add(BigInteger.ZERO);
        Klass named = new Klass("version_info", "sys", List.of());
        Instance info = new Instance(named);
        info.attributes().put("major", parts.get(0));
        info.attributes().put("minor", parts.get(1));
        info.attributes().put("micro", parts.get(2));
        named.attributes()
                .put(
                        "__getitem__",
                        Callable.of(
                                "__getitem__",
                                a -> Items.get(new Tuple(parts), a.items().get(1))));
        named.attributes().put("__iter__", Callable.of("__iter__", a -> new Tuple(parts)));
        named.attributes()
                .put(
                        "__lt__",
                        Callable.of(
                                "__lt__",
                                a -> Operators.order(
                                                "<", new Tuple(parts), a.items().get(1))
                                        < 0));
        named.attributes()
                .put(
                        "__eq__",
                        Callable.of(
                                "__eq__",
                                a -> Operators.equal(new Tuple(parts), a.items().get(1))));
        named.attributes()
                .put(
                        "__repr__",
                        Callable.of(
                                "__repr__",
                                a -> "sys.version_info(major=" + parts.get(0) + ", minor=" + parts.get(1) + ", micro="
                                        + parts.get(2) + ", releaselevel='final', serial=0)"));
        return Module.of("sys")
                .with("argv", new ArrayList<Object>(arguments))
                .with("version", version + " (main, Nov 18 2025, 05:41:34) [GCC 14.2.0]")
                .with("version_info", info)
                .with("platform", "linux")
                .with("executable", "/usr/local/bin/python3")
                .with("maxsize", BigInteger.valueOf(Long.MAX_VALUE))
                .with("byteorder", "little")
                .with("path", new ArrayList<Object>(List.of("")))
                .with("stdin", Streams.input(machinery))
                .with("stdout", Streams.output(machinery, 1))
                .with("stderr", Streams.output(machinery, 2))
                .function("exit", a -> Builtins.exit(a.first()))
                .function(
                        "getsizeof",
                        a -> BigInteger.valueOf(49 + (a.first() instanceof String text ? text.length() : 0)))
                .function("getdefaultencoding", a -> "utf-8");
    }

    static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    private static Module time(Machinery machinery) {
        Instant started = machinery.host().now();
        return Module.of("time")
                .function("sleep", a -> {
                    double seconds = number(a.expect("time.sleep", 1, 1).first());
                    if (seconds < 0) {
                        throw Raised.of("ValueError", "sleep length must be non-negative");
                    }
                    machinery.host().sleep(Duration.ofMillis((long) (seconds * 1000)));
                    machinery.turn();
                    return Nothing.NONE;
                })
                .function("time", a -> seconds(machinery.host().now()))
                .function(
                        "time_ns", a -> new BigDecimal(seconds(machinery.host().now()))
                                .movePointRight(9)
                                .toBigInteger())
                .function("monotonic", a -> seconds(machinery.host().now()) - seconds(started) + 1000)
                .function("perf_counter", a -> seconds(machinery.host().now()) - seconds(started))
                .function("ctime", a -> Clocks.format(machinery.host().now(), "%a %b %e %H:%M:%S %Y"))
                .function("strftime", a -> Clocks.format(machinery.host().now(), Values.str(a.first())));
    }

    private static double number(Object value) {
        if (!Operators.isNumber(value)) {
            throw Raised.of("TypeError", "must be real number, not " + Values.type(value));
        }
        return Operators.real(value);
    }

    private static Module math() {
        Module math = Module.of("math")
                .with("pi", Math.PI)
                .with("e", Math.E)
                .with("inf", Double.POSITIVE_INFINITY)
                .with("nan", Double.NaN)
                .function("floor", a -> new BigDecimal(Math.floor(number(a.first()))).toBigInteger())
                .function("ceil", a -> new BigDecimal(Math.ceil(number(a.first()))).toBigInteger())
                .function("trunc", a -> new BigDecimal(number(a.first())).toBigInteger())
                .function(
                        "pow", a -> Math.pow(number(a.first()), number(a.items().get(1))))
                .function("gcd", a -> a.integer(0).gcd(a.integer(1)))
                .function("isqrt", a -> a.integer(0).sqrt())
                .function(
                        "hypot",
                        a -> Math.hypot(number(a.first()), number(a.items().get(1))))
                .function("isnan", a -> Double.isNaN(number(a.first())))
                .function("factorial", a -> {
                    BigInteger product = BigInteger.ONE;
                    for (int i = 2; i <= a.integer(0).intValue(); i++) {
                        product = product.multiply(BigInteger.valueOf(i));
                    }
                    return product;
                })
                .function(
                        "log",
                        a -> a.size() > 1
                                ? Math.log(number(a.first()))
                                        / Math.log(number(a.items().get(1)))
                                : Math.log(positive(a)))
                .function("sqrt", a -> Math.sqrt(number(a.first()) == 0 ? 0 : positive(a)));
        Map<String, java.util.function.DoubleUnaryOperator> plain = Map.of(
                "sin",
                Math::sin,
                "cos",
                Math::cos,
                "tan",
                Math::tan,
                "exp",
                Math::exp,
                "log10",
                Math::log10,
                "fabs",
                Math::abs,
                "atan",
                Math::atan,
                "radians",
                Math::toRadians,
                "degrees",
                Math::toDegrees);
        plain.forEach((name, body) -> math.function(name, a -> body.applyAsDouble(number(a.first()))));
        math.function("log2", a -> Math.log(positive(a)) / Math.log(2));
        return math;
    }

    private static double positive(Arguments a) {
        double number = number(a.first());
        if (number <= 0) {
            throw Raised.of("ValueError", "math domain error");
        }
        return number;
    }

    private static Module random() {
        Random[] source = {new Random()};
        return Module.of("random")
                .function("seed", a -> {
                    source[0] =
                            a.size() == 0 ? new Random() : new Random(a.first().hashCode());
                    return Nothing.NONE;
                })
                .function("random", a -> source[0].nextDouble())
                .function(
                        "uniform",
                        a -> number(a.first())
                                + source[0].nextDouble() * (number(a.items().get(1)) - number(a.first())))
                .function("randint", a -> a.integer(0)
                        .add(BigInteger.valueOf(source[0].nextInt(
                                a.integer(1).subtract(a.integer(0)).intValue() + 1))))
                .function(
                        "randrange",
                        a -> a.size() == 1
                                ? BigInteger.valueOf(
                                        source[0].nextInt(a.integer(0).intValue()))
                                : a.integer(0)
                                        .add(BigInteger.valueOf(source[0].nextInt(a.integer(1)
                                                .subtract(a.integer(0))
                                                .intValue()))))
                .function("choice", a -> {
                    List<Object> items = Values.list(a.first());
                    if (items.isEmpty()) {
                        throw Raised.of("IndexError", "Cannot choose from an empty sequence");
                    }
                    return items.get(source[0].nextInt(items.size()));
                })
                .function("shuffle", a -> {
                    java.util.Collections.shuffle((List<?>) a.first(), source[0]);
                    return Nothing.NONE;
                })
                .function("sample", a -> {
                    List<Object> items = Values.list(a.first());
                    java.util.Collections.shuffle(items, source[0]);
                    return new ArrayList<>(items.subList(0, a.integer(1).intValue()));
                });
    }

    private static Module json() {
        return Module.of("json")
                .with("JSONDecodeError", Exceptions.of("json.decoder.JSONDecodeError"))
                .function("dumps", a -> Json.write(a.first(), a))
                .function(
                        "dump", a -> Builtins.call(Attributes.get(a.items().get(1), "write"), Json.write(a.first(), a)))
                .function(
                        "loads",
                        a -> Json.read(
                                a.first() instanceof Bytes bytes
                                        ? new String(bytes.data(), java.nio.charset.StandardCharsets.UTF_8)
                                        : Values.str(a.first())))
                .function("load", a -> {
                    Object text = Builtins.call(Attributes.get(a.first(), "read"));
                    return Json.read(
                            text instanceof Bytes bytes
                                    ? new String(bytes.data(), java.nio.charset.StandardCharsets.UTF_8)
                                    : Values.str(text));
                });
    }

    private static Module platform(Machinery machinery) {
        return Module.of("platform")
                .function("python_version", a -> machinery.version())
                .function("node", a -> machinery.host().hostname())
                .function("system", a -> "Linux")
                .function("machine", a -> "x86_64");
    }

    private static Module socket(Machinery machinery) {
        return Module.of("socket")
                .with("gaierror", Exceptions.of("socket.gaierror"))
                .with("timeout", Exceptions.of("TimeoutError"))
                .function("gethostname", a -> machinery.host().hostname())
                .function("getfqdn", a -> a.text(0, "name", machinery.host().hostname()))
                .function("gethostbyname", a -> {
                    String ip = machinery.host().resolve(Values.str(a.first()));
                    if (ip.isEmpty()) {
                        throw unknownHost();
                    }
                    return ip;
                });
    }

    static Raised unknownHost() {
        Instance made = (Instance) Exceptions.of("socket.gaierror")
                .call(Arguments.of(BigInteger.valueOf(-2), "Name or service not known"));
        made.attributes().put("errno", BigInteger.valueOf(-2));
        return new Raised(made);
    }
}
