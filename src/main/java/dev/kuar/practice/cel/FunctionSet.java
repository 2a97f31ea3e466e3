package dev.kuar.practice.cel;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Functions that Kubernetes adds to CEL, each with its types and what it does; a library for compiler and runtime. */
final class FunctionSet implements CelCompilerLibrary, CelRuntimeLibrary {
    static final CelType TEXT = SimpleType.STRING;
    static final CelType WHOLE = SimpleType.INT;
    static final CelType REAL = SimpleType.DOUBLE;
    static final CelType TRUTH = SimpleType.BOOL;
    static final CelType ANY = SimpleType.DYN;
    static final CelType LIST = ListType.create(SimpleType.DYN);
    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    static final CelType URL = OpaqueType.create("kubernetes.URL");
    static final CelType IP = OpaqueType.create("net.IP");
    static final CelType CIDR = OpaqueType.create("net.CIDR");
    static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");
    static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
    static final CelType AUTHORIZER = OpaqueType.create("kubernetes.authorization.Authorizer");
    static final CelType CHECK = OpaqueType.create("kubernetes.authorization.Check");
    static final CelType DECISION = OpaqueType.create("kubernetes.authorization.Decision");

    private static final Pattern LISTS = Pattern.compile("on_kubernetes_(isSorted|min|max|sum)_list.*");

    /** What a function does with its arguments, the receiver first; it keeps nothing. */
    interface Body {
        Object of(Object[] arguments) throws CelEvaluationException;
    }

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** All of them. */
    static FunctionSet kubernetes() {
        FunctionSet all = new FunctionSet();
        QuantityFunctions.addTo(all);
        UrlFunctions.addTo(all);
        AddressFunctions.addTo(all);
        ListFunctions.addTo(all);
        TextFunctions.addTo(all);
        FormatFunctions.addTo(all);
        SemverFunctions.addTo(all);
        AuthorizerFunctions.addTo(all);
        PatchFunctions.addTo(all);
        return all;
    }

    /** {@code name(...)}. */
    void global(String name, CelType result, List<CelType> takes, Body body) {
        String id = id(name, takes);
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, takes));
        bind(id, takes, body);
    }

    /** {@code receiver.name(...)}; the receiver's type is the first. */
    void member(String name, CelType result, List<CelType> takes, Body body) {
        String id = "on_" + id(name, takes);
        declare(name, CelOverloadDecl.newMemberOverload(id, result, takes));
        bind(id, takes, body);
    }

    /** {@code receiver.name(...)} under an id that CEL has for it. */
    void named(String id, String name, CelType result, List<CelType> takes, Body body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, takes));
        bind(id, takes, body);
    }

    private static String id(String name, List<CelType> takes) {
        StringBuilder id = new StringBuilder("kubernetes_" + name.replace('.', '_'));
        takes.forEach(type -> id.append('_').append(CelTypes.format(type).replaceAll("\\W", "_")));
        return id.toString();
    }

    private void declare(String name, CelOverloadDecl overload) {
        declared.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    }

    /** Bodies keep nothing, which the compiler cannot know. */
    @SuppressWarnings("Immutable")
    private void bind(String id, List<CelType> takes, Body body) {
        List<Class<?>> classes = new ArrayList<>();
        takes.forEach(type -> classes.add(classOf(type)));
        bindings.add(CelFunctionBinding.from(id, classes, body::of));
    }

    private static Class<?> classOf(CelType type) {
        if (type.equals(TEXT)) {
            return String.class;
        } else if (type.equals(WHOLE)) {
            return Long.class;
        } else if (type instanceof ListType) {
            return List.class;
        } else if (type.equals(QUANTITY)) {
            return QuantityFunctions.Amount.class;
        } else if (type.equals(URL)) {
            return java.net.URI.class;
        } else if (type.equals(IP)) {
            return AddressFunctions.Ip.class;
        } else if (type.equals(CIDR)) {
            return AddressFunctions.Cidr.class;
        } else if (type.equals(FORMAT)) {
            return FormatFunctions.Format.class;
        } else if (type.equals(SEMVER)) {
            return SemverFunctions.Semver.class;
        } else if (type.equals(AUTHORIZER)) {
            return Authorizer.class;
        } else if (type.equals(CHECK)) {
            return AuthorizerFunctions.Check.class;
        } else if (type.equals(DECISION)) {
            return Authorizer.Decision.class;
        }
        return Object.class;
    }

    /**
     * The tree with one function where several fit: of a list they do the same, whatever it holds, and what is in an optional tells
     * by itself how to look into it.
     */
    static CelAbstractSyntaxTree chosen(CelAbstractSyntaxTree tree) {
        Map<Long, CelReference> references = new LinkedHashMap<>(tree.getReferenceMap());
        references.replaceAll((id, reference) -> {
            boolean alike = reference.overloadIds().size() > 1
                    && reference.overloadIds().stream()
                            .allMatch(each -> LISTS.matcher(each).matches());
            return alike
                    ? CelReference.newBuilder()
                            .addOverloadIds(reference.overloadIds().get(0))
                            .build()
                    : OptionalIndex.chosen(reference);
        });
        return CelAbstractSyntaxTree.newCheckedAst(tree.getExpr(), tree.getSource(), references, tree.getTypeMap());
    }

    @Override
    public void setCheckerOptions(CelCheckerBuilder checker) {
        declared.forEach((name, overloads) ->
                checker.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    }

    @Override
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        runtime.addFunctionBindings(bindings);
    }

    /** A failure of a function, as an expression's. */
    static CelEvaluationException failure(String message) {
        return new CelEvaluationException(message);
    }
}
