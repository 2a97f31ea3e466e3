package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values as {@code repr} shows them. */
final class Repr {
    private Repr() {}

    static String of(Object value) {
        if (value instanceof String text) {
            return quoted(text, "");
        }
        if (value instanceof Bytes bytes) {
            return quoted(bytes.latin(), "b");
        }
        if (value instanceof Boolean yes) {
            return yes ? "True" : "False";
        }
        if (value instanceof Double number) {
            return Values.real(number);
        }
        if (value instanceof Nothing nothing) {
            return nothing == Nothing.NONE ? "None" : "Ellipsis";
        }
        if (value instanceof Tuple tuple) {
            return "(" + joined(tuple.items()) + (tuple.items().size() == 1 ? ",)" : ")");
        }
        if (value instanceof List<?> list) {
            return "[" + joined(list) + "]";
        }
        if (value instanceof Set<?> set) {
            return set.isEmpty() ? "set()" : "{" + joined(set) + "}";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> pairs = new ArrayList<>();
            map.forEach((key, item) -> pairs.add(of(key) + ": " + of(item)));
            return "{" + String.join(", ", pairs) + "}";
        }
        return value instanceof Instance instance ? ofInstance(instance) : ofCode(value);
    }

    private static String joined(Collection<?> items) {
        return String.join(", ", items.stream().map(Repr::of).toList());
    }

    private static String ofInstance(Instance instance) {
        Object said = instance.special("__repr__");
        if (said != null) {
            return Values.str(said);
        }
        if (instance.type().isException()) {
            return instance.type().name() + "(" + joined(instance.args()) + ")";
        }
        return "<" + (instance.type().fullName().contains(".") ? "" : "__main__.")
                + instance.type().fullName() + " object at " + address(instance) + ">";
    }

    private static String ofCode(Object value) {
        if (value instanceof Sequence.Range range) {
            return "range(" + range.start() + ", " + range.stop()
                    + (range.step().intValue() == 1 ? "" : ", " + range.step()) + ")";
        }
        if (value instanceof Klass type) {
            return type.shown();
        }
        if (value instanceof Types.Type type) {
            return "<class '" + type.name() + "'>";
        }
        if (value instanceof Module module) {
            return "<module '" + module.name() + "'" + (module.name().equals("sys") ? " (built-in)>" : " (frozen)>");
        }
        if (value instanceof Function function) {
            return "<function " + function.name() + " at " + address(value) + ">";
        }
        if (value instanceof Callable.Bound bound) {
            return "<bound method " + bound.name() + " of " + of(bound.self()) + ">";
        }
        if (value instanceof Callable function) {
            return "<built-in function " + function.name() + ">";
        }
        return value instanceof Sequence sequence
                ? "<" + sequence.type() + " object at " + address(value) + ">"
                : String.valueOf(value);
    }

    private static String address(Object value) {
        return String.format("0x7f%010x", System.identityHashCode(value));
    }

    private static String quoted(String text, String prefix) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder shown = new StringBuilder(prefix).append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote || c == '\\') {
                shown.append('\\').append(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                shown.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
            } else if (c < ' ' || c == 127 || !prefix.isEmpty() && c > 126 || c >= 0x80 && c <= 0xa0) {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(quote).toString();
    }
}
