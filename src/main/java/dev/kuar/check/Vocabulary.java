package dev.kuar.check;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/** The variables and functions that expressions may use, as declarations for the compiler and as bindings to a reading. */
final class Vocabulary {
    private static final CelType STRING = SimpleType.STRING;
    private static final CelType BOOL = SimpleType.BOOL;
    private static final CelType INT = SimpleType.INT;
    private static final CelType ANY = SimpleType.DYN;
    private static final CelType OBJECT = MapType.create(STRING, ANY);
    private static final CelType OBJECTS = ListType.create(OBJECT);
    private static final CelType STRINGS = ListType.create(STRING);

    /** Names that tell of what the learner did, not of what is so. */
    static final List<String> SHOWN = List.of("ran", "last", "answer", "answered", "shownWord");

    /** Names that only the API server can answer. */
    static final List<String> SERVED =
            List.of("nodes", "pods", "namespaces", "get", "exists", "list", "etcdKeys", "exec", "raw", "whoIs");

    /** Names that read the live cluster. */
    static final List<String> LIVE = List.of(
            "nodes",
            "pods",
            "namespaces",
            "get",
            "exists",
            "list",
            "etcdKeys",
            "exec",
            "raw",
            "whoIs",
            "cluster",
            "clusters",
            "kubeconfig",
            "reachable",
            "answered",
            "vars");

    private static final List<Function> FUNCTIONS = List.of(
            new Function(
                    "get",
                    OBJECT,
                    List.of(STRING, STRING, STRING, STRING),
                    (r, a) -> r.get(s(a, 0), s(a, 1), s(a, 2), s(a, 3))),
            new Function("exists", BOOL, List.of(STRING, STRING, STRING, STRING), (r, a) -> !r.get(
                            s(a, 0), s(a, 1), s(a, 2), s(a, 3))
                    .isEmpty()),
            new Function("list", OBJECTS, List.of(STRING, STRING, STRING), (r, a) -> r.list(s(a, 0), s(a, 1), s(a, 2))),
            new Function("etcdKeys", STRINGS, List.of(STRING), (r, a) -> r.etcdKeys(s(a, 0))),
            new Function(
                    "exec",
                    STRING,
                    List.of(STRING, STRING, STRING, STRINGS),
                    (r, a) -> r.exec(s(a, 0), s(a, 1), s(a, 2), strings(a[3]))),
            new Function("raw", STRING, List.of(STRING), (r, a) -> r.raw(s(a, 0))),
            new Function("reachable", BOOL, List.of(), (r, a) -> r.reachable()),
            new Function("whoIs", STRING, List.of(STRING), (r, a) -> r.whoIs(s(a, 0))),
            new Function("file", STRING, List.of(STRING), (r, a) -> r.situation()
                    .file()
                    .apply(s(a, 0))),
            new Function("shownWord", BOOL, List.of(STRING), (r, a) -> r.situation().ran().stream()
                    .anyMatch(run -> run.exit() == 0 && Words.contains(run.output(), s(a, 0)))),
            new Function("word", BOOL, List.of(STRING, STRING), (r, a) -> Words.contains(s(a, 0), s(a, 1))),
            new Function("lines", STRINGS, List.of(STRING), (r, a) -> Words.lines(s(a, 0))),
            new Function("ready", BOOL, List.of(OBJECT), (r, a) -> Columns.ready(a[0])),
            new Function("status", STRING, List.of(OBJECT), (r, a) -> Columns.status(a[0])),
            new Function("roles", STRING, List.of(OBJECT), (r, a) -> Columns.roles(a[0])),
            new Function("condition", STRING, List.of(OBJECT, STRING), (r, a) -> Columns.condition(a[0], s(a, 1))),
            new Function("controlPlane", BOOL, List.of(OBJECT), (r, a) -> Columns.controlPlane(a[0])),
            new Function("owner", STRING, List.of(OBJECT), (r, a) -> Columns.owner(a[0])),
            new Function("cpu", INT, List.of(STRING), (r, a) -> Quantities.milli(s(a, 0))),
            new Function("memory", INT, List.of(STRING), (r, a) -> Quantities.units(s(a, 0))),
            new Function(
                    "requests", INT, List.of(OBJECT, STRING), (r, a) -> PodResources.count(a[0], "requests", s(a, 1))),
            new Function("limits", INT, List.of(OBJECT, STRING), (r, a) -> PodResources.count(a[0], "limits", s(a, 1))),
            new Function("sum", INT, List.of(ListType.create(INT)), (r, a) -> sum(a[0])),
            new Function("minor", INT, List.of(STRING), (r, a) -> KubernetesVersion.minor(s(a, 0))),
            new Function(
                    "label",
                    STRING,
                    List.of(OBJECT, STRING),
                    (r, a) -> Trees.text(a[0], "metadata", "labels", s(a, 1))),
            new Function(
                    "annotation",
                    STRING,
                    List.of(OBJECT, STRING),
                    (r, a) -> Trees.text(a[0], "metadata", "annotations", s(a, 1))));

    private Vocabulary() {}

    static List<CelVarDecl> variables() {
        return List.of(
                CelVarDecl.newVarDeclaration("nodes", OBJECTS),
                CelVarDecl.newVarDeclaration("pods", OBJECTS),
                CelVarDecl.newVarDeclaration("namespaces", OBJECTS),
                CelVarDecl.newVarDeclaration("ran", OBJECTS),
                CelVarDecl.newVarDeclaration("last", OBJECT),
                CelVarDecl.newVarDeclaration("answer", STRING),
                CelVarDecl.newVarDeclaration("answered", BOOL),
                CelVarDecl.newVarDeclaration("cluster", OBJECT),
                CelVarDecl.newVarDeclaration("clusters", OBJECTS),
                CelVarDecl.newVarDeclaration("kubeconfig", OBJECT),
                CelVarDecl.newVarDeclaration("vars", OBJECT),
                CelVarDecl.newVarDeclaration("namespace", STRING));
    }

    static List<CelFunctionDecl> functions() {
        return FUNCTIONS.stream()
                .map(f -> CelFunctionDecl.newFunctionDeclaration(
                        f.name, CelOverloadDecl.newGlobalOverload(f.overload(), f.result, f.parameters)))
                .toList();
    }

    /** Bindings for one evaluation; they read, so they are not as immutable as CEL supposes. */
    @SuppressWarnings("Immutable")
    static List<CelFunctionBinding> bindings(Reading reading) {
        List<CelFunctionBinding> bindings = new ArrayList<>();
        for (Function f : FUNCTIONS) {
            CelFunctionOverload body = arguments -> f.body.apply(reading, arguments);
            bindings.add(CelFunctionBinding.from(
                    f.overload(), Collections.nCopies(f.parameters.size(), Object.class), body));
        }
        return bindings;
    }

    private static String s(Object[] arguments, int index) {
        return arguments[index] instanceof String text ? text : String.valueOf(arguments[index]);
    }

    private static long sum(Object list) {
        return list instanceof List<?> items
                ? items.stream().mapToLong(i -> ((Number) i).longValue()).sum()
                : 0;
    }

    private static List<String> strings(Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    private record Function(
            String name, CelType result, List<CelType> parameters, BiFunction<Reading, Object[], Object> body) {
        String overload() {
            return "kuar_" + name;
        }
    }
}
