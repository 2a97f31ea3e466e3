package dev.kuar.practice.python;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A class: a program's own, or one of exceptions that come with Python. */
final class Klass implements Callable {
    private final String name;
    private final String module;
    private final List<Klass> bases;
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    Klass(String name, String module, List<Klass> bases) {
        this.name = name;
        this.module = module;
        this.bases = List.copyOf(bases);
    }

    @Override
    public String name() {
        return name;
    }

    /** With its module where that is none of Python's own. */
    String fullName() {
        return module.isEmpty() || module.equals("__main__") ? name : module + "." + name;
    }

    String shown() {
        return "<class '" + (module.isEmpty() ? "" : module + ".") + name + "'>";
    }

    Map<String, Object> attributes() {
        return attributes;
    }

    List<Klass> bases() {
        return bases;
    }

    /** In the class or what it inherits from; null where neither has it. */
    @Nullable
    Object find(String attribute) {
        Object own = attributes.get(attribute);
        for (int i = 0; own == null && i < bases.size(); i++) {
            own = bases.get(i).find(attribute);
        }
        return own;
    }

    boolean isA(Klass other) {
        return this == other || bases.stream().anyMatch(base -> base.isA(other));
    }

    boolean isException() {
        return isA(Exceptions.of("BaseException"));
    }

    @Override
    public Object call(Arguments arguments) {
        Instance made = new Instance(this);
        if (isException()) {
            made.attributes().put("args", new Tuple(arguments.items()));
        }
        Object init = find("__init__");
        if (init instanceof Callable function) {
            new Callable.Bound(made, function).call(arguments);
        } else if (!isException() && (arguments.size() > 0 || !arguments.named().isEmpty())) {
            throw Raised.of("TypeError", name + "() takes no arguments");
        }
        return made;
    }
}
