package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of lists, dictionaries, sets, tuples and numbers. */
final class Methods {
    private Methods() {}

    /** A method with what it is asked of; null where the value has none of the name. */
    static @Nullable Object find(Object of, String name) {
        java.util.function.@Nullable Function<Arguments, Object> body = null;
        if (of instanceof String text) {
            body = TextMethods.find(text, name);
        } else if (of instanceof Bytes bytes) {
            body = TextMethods.ofBytes(bytes, name);
        } else if (of instanceof List) {
            body = ofList(cast(of), name);
        } else if (of instanceof Map) {
            body = ofMap(castMap(of), name);
        } else if (of instanceof Set) {
            body = ofSet(castSet(of), name);
        } else if (of instanceof Tuple tuple) {
            body = ofTuple(tuple, name);
        } else if (of instanceof Double || of instanceof BigInteger) {
            body = ofNumber(of, name);
        }
        return body == null ? null : Callable.of(name, body);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> cast(Object of) {
        return (List<Object>) of;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> castMap(Object of) {
        return (Map<Object, Object>) of;
    }

    @SuppressWarnings("unchecked")
    private static Set<Object> castSet(Object of) {
        return (Set<Object>) of;
    }

    private static Object done(Runnable action) {
        action.run();
        return Nothing.NONE;
    }

    private static java.util.function.@Nullable Function<Arguments, Object> ofList(List<Object> list, String name) {
        return switch (name) {
            case "append" ->
                a -> done(() -> list.add(a.expect("list.append", 1, 1).first()));
            case "extend" -> a -> done(() -> list.addAll(Values.list(a.first())));
            case "insert" ->
                a -> done(() -> list.add(
                        Math.max(
                                0,
                                Math.min(
                                        list.size(),
                                        a.integer(0).intValue() < 0
                                                ? a.integer(0).intValue() + list.size()
                                                : a.integer(0).intValue())),
                        a.items().get(1)));
            case "pop" -> a -> pop(list, a.size() == 0 ? -1 : a.integer(0).intValue());
            case "remove" ->
                a -> done(() -> {
                    int at = index(list, a.first());
                    if (at < 0) {
                        throw Raised.of("ValueError", "list.remove(x): x not in list");
                    }
                    list.remove(at);
                });
            case "clear" -> a -> done(list::clear);
            case "copy" -> a -> new ArrayList<>(list);
            case "reverse" -> a -> done(() -> java.util.Collections.reverse(list));
            case "sort" ->
                a -> done(() -> {
                    List<Object> sorted = Builtins.sorted(list, a);
                    list.clear();
                    list.addAll(sorted);
                });
            case "count" -> a -> count(list, a.first());
            case "index" -> a -> place(list, a.first(), Repr.of(a.first()) + " is not in list");
            default -> null;
        };
    }

    private static int index(List<Object> list, Object item) {
        for (int i = 0; i < list.size(); i++) {
            if (Operators.equal(list.get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    private static Object place(List<Object> list, Object item, String missing) {
        int at = index(list, item);
        if (at < 0) {
            throw Raised.of("ValueError", missing);
        }
        return BigInteger.valueOf(at);
    }

    private static Object count(List<Object> list, Object item) {
        return BigInteger.valueOf(
                list.stream().filter(each -> Operators.equal(each, item)).count());
    }

    private static Object pop(List<Object> list, int at) {
        int place = at < 0 ? at + list.size() : at;
        if (place < 0 || place >= list.size()) {
            throw Raised.of("IndexError", list.isEmpty() ? "pop from empty list" : "pop index out of range");
        }
        return list.remove(place);
    }

    private static java.util.function.@Nullable Function<Arguments, Object> ofMap(
            Map<Object, Object> map, String name) {
        return switch (name) {
            case "get" -> a -> map.getOrDefault(Values.key(a.first()), a.get(1, "default", Nothing.NONE));
            case "keys" -> a -> new ArrayList<>(map.keySet());
            case "values" -> a -> new ArrayList<>(map.values());
            case "items" ->
                a -> {
                    List<Object> items = new ArrayList<>();
                    map.forEach((key, value) -> items.add(Tuple.of(key, value)));
                    return items;
                };
            case "pop" ->
                a -> {
                    Object found = map.remove(a.first());

                    if (found == null && a.size() < 2) {
                        throw Items.raiseKey(a.first());
                    }
                    return found == null ? a.items().get(1) : found;
                };
            case "setdefault" ->
                a -> map.computeIfAbsent(Values.key(a.first()), key -> a.get(1, "default", Nothing.NONE));
            case "update" ->
                a -> done(() -> {
                    if (a.size() > 0) {
                        map.putAll(castMap(Types.dict(a.first())));
                    }
                    map.putAll(a.named());
                });
            case "copy" -> a -> new LinkedHashMap<>(map);
            case "clear" -> a -> done(map::clear);
            case "popitem" ->
                a -> {
                    if (map.isEmpty()) {
                        throw Items.raiseKey("popitem(): dictionary is empty");
                    }
                    Object last = Nothing.NONE;
                    for (Object key : map.keySet()) {
                        last = key;
                    }
                    Object value = map.remove(last);
                    return Tuple.of(last, value == null ? Nothing.NONE : value);
                };
            default -> null;
        };
    }

    private static java.util.function.@Nullable Function<Arguments, Object> ofSet(Set<Object> set, String name) {
        String operator =
                switch (name) {
                    case "union" -> "|";
                    case "intersection" -> "&";
                    case "difference" -> "-";
                    case "symmetric_difference" -> "^";
                    default -> "";
                };
        if (!operator.isEmpty()) {
            return a -> {
                Object made = Operators.sets(operator, set, new LinkedHashSet<>(Values.list(a.first())));
                return made == null ? set : made;
            };
        }
        return switch (name) {
            case "add" -> a -> done(() -> set.add(Values.key(a.first())));
            case "discard" -> a -> done(() -> set.remove(a.first()));
            case "remove" ->
                a -> done(() -> {
                    if (!set.remove(a.first())) {
                        throw Items.raiseKey(a.first());
                    }
                });
            case "update" -> a -> done(() -> set.addAll(Values.list(a.first())));
            case "copy" -> a -> new LinkedHashSet<>(set);
            case "clear" -> a -> done(set::clear);
            case "issubset" -> a -> new LinkedHashSet<>(Values.list(a.first())).containsAll(set);
            case "issuperset" -> a -> set.containsAll(Values.list(a.first()));
            case "pop" ->
                a -> {
                    if (set.isEmpty()) {
                        throw Items.raiseKey("pop from an empty set");
                    }
                    Object first = set.iterator().next();
                    set.remove(first);
                    return first;
                };
            default -> null;
        };
    }

    private static java.util.function.@Nullable Function<Arguments, Object> ofTuple(Tuple tuple, String name) {
        return switch (name) {
            case "count" -> a -> count(tuple.items(), a.first());
            case "index" -> a -> place(tuple.items(), a.first(), "tuple.index(x): x not in tuple");
            default -> null;
        };
    }

    private static java.util.function.@Nullable Function<Arguments, Object> ofNumber(Object number, String name) {
        return switch (name) {
            case "is_integer" ->
                a -> number instanceof BigInteger || Operators.real(number) == Math.rint(Operators.real(number));
            case "bit_length" ->
                number instanceof BigInteger whole
                        ? a -> BigInteger.valueOf(whole.abs().bitLength())
                        : null;
            default -> null;
        };
    }
}
