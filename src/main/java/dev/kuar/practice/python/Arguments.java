package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call passes on; {@code named} is a copy that may be changed. */
record Arguments(List<Object> items, Map<String, Object> named) {
    static Arguments of(Object... items) {
        return new Arguments(List.of(items), new LinkedHashMap<>());
    }

    int size() {
        return items.size();
    }

    /** The argument of a place or a name; null where neither is given. */
    @Nullable
    Object find(int place, String name) {
        return place < items.size() ? items.get(place) : named.get(name);
    }

    Object get(int place, String name, Object otherwise) {
        Object found = find(place, name);
        return found == null ? otherwise : found;
    }

    int number(int place, String name, int otherwise) {
        Object found = find(place, name);
        return found == null || found == Nothing.NONE
                ? otherwise
                : Values.index(found).intValue();
    }

    String text(int place, String name, String otherwise) {
        Object found = find(place, name);
        return found == null || found == Nothing.NONE ? otherwise : Values.str(found);
    }

    boolean flag(String name) {
        return Values.truth(named.getOrDefault(name, false));
    }

    Object first() {
        return items.isEmpty() ? Nothing.NONE : items.get(0);
    }

    BigInteger integer(int place) {
        return Values.index(items.get(place));
    }

    /** Refuses another number of arguments than it may be. */
    Arguments expect(String function, int least, int most) {
        int given = items.size();
        if (given < least || given > most) {
            String wanted = least == most
                    ? least == 0
                            ? "no arguments"
                            : least == 1 ? "exactly one argument" : "exactly " + least + " arguments"
                    : given < least
                            ? "at least " + least + " argument" + (least == 1 ? "" : "s")
                            : "at most " + most + " argument" + (most == 1 ? "" : "s");
            throw Raised.of(
                    "TypeError",
                    least == most && least < 2
                            ? function + "() takes " + wanted + " (" + given + " given)"
                            : function + " expected " + wanted.replaceFirst("exactly ", "") + ", got " + given);
        }
        return this;
    }
}
