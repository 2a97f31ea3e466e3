package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much of a capacity that several share may be asked for, and in which steps: {@code requestPolicy}. */
final class CapacityPolicyChecks {
    private static final int MOST_VALUES = 10;

    private CapacityPolicyChecks() {}

    static void check(KubeObject capacity, String path, FieldErrors errors) {
        KubeObject policy = KubeObject.of(capacity.map("requestPolicy"));
        Quantity most = Quantity.of(capacity.at("value"));
        List<Quantity> values = new ArrayList<>();
        if (policy.at("validValues") instanceof List<?> list) {
            list.forEach(each -> values.add(Quantity.of(each)));
        }
        boolean ranged = policy.at("validRange") != null;
        if (!values.isEmpty() && ranged) {
            errors.forbidden(
                    path,
                    "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same"
                            + " time");
        } else if ((!values.isEmpty() || ranged) && policy.at("default") == null) {
            errors.required(
                    path + ".default", "required when " + (ranged ? "validRange" : "validValues") + " is defined");
        } else if (!values.isEmpty()) {
            values(Quantity.of(policy.at("default")), most, values, path + ".validValues", errors);
        } else if (ranged) {
            KubeObject range = KubeObject.of(policy.map("validRange"));
            range(Quantity.of(policy.at("default")), most, range, path + ".validRange", errors);
        }
    }

    private static void values(Quantity usual, Quantity most, List<Quantity> values, String path, FieldErrors errors) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i - 1).compareTo(values.get(i)) > 0) {
                errors.invalid(
                        path + "[" + i + "]", values.get(i).toString(), "values must be sorted in ascending order");
            }
        }
        boolean known = false;
        if (values.size() > MOST_VALUES) {
            errors.tooMany(path, values.size(), MOST_VALUES);
        } else {
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).compareTo(most) > 0) {
                    errors.invalid(
                            path + "[" + i + "]",
                            values.get(i).toString(),
                            "option is larger than capacity value: " + most);
                }
                known |= values.get(i).compareTo(usual) == 0;
            }
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < values.size(); i++) {
                if (!seen.add(values.get(i).units())) {
                    errors.duplicate(
                            path + "[" + i + "]", Long.toString(values.get(i).units()));
                }
            }
        }
        if (!known) {
            errors.invalid(path, usual.toString(), "default value is not valid according to the requestPolicy");
        }
    }

    private static @Nullable Quantity amount(KubeObject range, String field) {
        return range.at(field) == null ? null : Quantity.of(range.at(field));
    }

    private static void range(Quantity usual, Quantity most, KubeObject range, String path, FieldErrors errors) {
        Quantity min = amount(range, "min");
        Quantity max = amount(range, "max");
        Quantity step = amount(range, "step");
        if (min == null) {
            errors.required(path + ".min", "required when validRange is defined");
            return;
        }
        larger(min, most, path + ".min", min, "min is larger than capacity value: " + most, errors);
        larger(min, usual, path + ".min", usual, "default is less than min: " + min, errors);
        if (max != null) {
            larger(min, max, path + ".max", min, "min is larger than max: " + max, errors);
            larger(max, most, path + ".max", max, "max is larger than capacity value: " + most, errors);
            larger(usual, max, path + ".max", usual, "default is more than max: " + max, errors);
        }
        if (step != null) {
            Quantity one = min.plus(step);
            larger(
                    one,
                    most,
                    path + ".step",
                    step,
                    "one step " + one + " is larger than capacity value: " + most,
                    errors);
            steps(usual, min, step, path + ".step", errors);
            if (max != null) {
                steps(max, min, step, path + ".step", errors);
            }
        }
    }

    private static void larger(
            Quantity one, Quantity other, String path, Quantity shown, String why, FieldErrors errors) {
        if (one.compareTo(other) > 0) {
            errors.invalid(path, shown.toString(), why);
        }
    }

    private static void steps(Quantity value, Quantity min, Quantity step, String path, FieldErrors errors) {
        if (step.units() != 0 && (value.units() - min.units()) % step.units() != 0) {
            errors.invalid(
                    path,
                    value.toString(),
                    "value is not a multiple of a given step (" + step + ") from (" + min + ")");
        }
    }
}
