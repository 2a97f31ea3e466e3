package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A selector of devices: an expression over {@code device}, with its driver, its attributes and capacities by domain, and whether
 * several may have it. Models the environment of Kubernetes 1.36. Thread-safe.
 */
public final class DeviceExpression {
    private static final String DEVICE = "device";
    private static final String NAME = "kubernetes.DRADevice";
    private static final ImmutableMap<String, CelType> FIELDS = ImmutableMap.of(
            "driver",
            SimpleType.STRING,
            "allowMultipleAllocations",
            SimpleType.BOOL,
            "attributes",
            byDomain(SimpleType.DYN),
            "capacity",
            byDomain(FunctionSet.QUANTITY));
    private static final CelType TYPE =
            StructType.create(NAME, FIELDS.keySet(), field -> Optional.ofNullable(FIELDS.get(field)));

    private final CelProgram program;

    private DeviceExpression(CelProgram program) {
        this.program = program;
    }

    private static CelType byDomain(CelType value) {
        return MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, value));
    }

    private static CelCompilerBuilder compiler() {
        return CelProgram.compiler().addLibraries(CelExtensions.bindings());
    }

    /**
     * Why the expression selects no devices: the compiler's complaint, or that its value is no truth value. Null where it does.
     */
    public static @Nullable String fault(String expression) {
        CelCheck check =
                CelCheck.of(expression, Map.of(DEVICE, TYPE), compiler().setTypeProvider(new Known()));
        if (check.tree() == null) {
            return "compilation failed: " + check.complaint();
        }
        return check.of(SimpleType.BOOL) != null
                        || check.of(SimpleType.DYN) != null && check.type().equals("dyn")
                ? null
                : "must evaluate to bool or the unknown type, not " + check.type();
    }

    /** @throws CelException with the compiler's complaint */
    public static DeviceExpression compile(String expression) {
        String fault = fault(expression);
        if (fault != null) {
            throw new CelException(fault);
        }
        return new DeviceExpression(CelProgram.compile(expression, List.of(DEVICE), compiler()));
    }

    /**
     * Whether the device of the driver is selected.
     *
     * @param device as it stands in a slice
     * @throws CelException when the expression fails for it, for instance with {@code no such key: model}
     */
    public boolean matches(String driver, KubeObject device) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("driver", driver);
        variables.put("allowMultipleAllocations", device.flag("allowMultipleAllocations"));
        DeviceDomains attributes = new DeviceDomains();
        device.map("attributes").forEach((name, value) -> attributes.put(driver, name, attribute(name, value)));
        variables.put("attributes", attributes);
        DeviceDomains capacity = new DeviceDomains();
        device.map("capacity")
                .forEach((name, value) -> capacity.put(
                        driver,
                        name,
                        new QuantityFunctions.Amount(
                                Quantity.of(tree(value).at("value")).value())));
        variables.put("capacity", capacity);
        Object value = program.evaluate(Map.of(DEVICE, variables), CelBudget.ofObject());
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new CelException("CEL result of type " + typeOf(value)
                + " could not be converted to bool: type conversion" + " error from '" + typeOf(value) + "' to 'bool'");
    }

    private static String typeOf(Object value) {
        return value instanceof String ? "string" : value instanceof Long ? "int" : "kubernetes.Semver";
    }

    @SuppressWarnings("unchecked")
    private static KubeObject tree(Object value) {
        return KubeObject.of(value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }

    private static Object attribute(String name, Object value) {
        KubeObject tree = tree(value);
        for (String kind : new String[] {"int", "bool", "string"}) {
            Object plain = tree.at(kind);
            if (plain != null) {
                return plain;
            }
        }
        if (tree.at("version") == null) {
            throw new CelException("attribute " + name + ": unsupported attribute value");
        }
        try {
            return SemverFunctions.parse(tree.text("version"));
        } catch (CelEvaluationException e) {
            throw new CelException("attribute " + name + ": parse semantic version: " + e.getMessage(), e);
        }
    }

    private record Known() implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.of(TYPE);
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return typeName.equals(NAME) ? Optional.of(TYPE) : Optional.empty();
        }
    }
}
