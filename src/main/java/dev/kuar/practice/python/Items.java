package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Items and parts of sequences and dictionaries. */
final class Items {
    private Items() {}

    /** A slice. */
    record Part(Object from, Object to, Object step) {
        private List<Integer> of(int size) {
            int by = step == Nothing.NONE ? 1 : Values.index(step).intValue();
            if (by == 0) {
                throw Raised.of("ValueError", "slice step cannot be zero");
            }
            int begin = bound(from, by > 0 ? 0 : size - 1, size, by);
            int end = bound(to, by > 0 ? size : -1, size, by);
            List<Integer> places = new ArrayList<>();
            for (int i = begin; by > 0 ? i < end : i > end; i += by) {
                places.add(i);
            }
            return places;
        }

        private static int bound(Object given, int otherwise, int size, int by) {
            if (given == Nothing.NONE) {
                return otherwise;
            }
            int at = Values.index(given).intValue();
            at = at < 0 ? at + size : at;
            return by > 0 ? Math.max(0, Math.min(size, at)) : Math.max(-1, Math.min(size - 1, at));
        }
    }

    static Object get(Object of, Object key) {
        if (of instanceof Map<?, ?> map) {
            Object found = map.get(Values.key(key));
            if (found == null) {
                throw raiseKey(key);
            }
            return found;
        }
        if (of instanceof Instance instance && instance.ask("__getitem__", key) instanceof Instance.Said found) {
            return found.value();
        }
        boolean known = of instanceof String
                || of instanceof Bytes
                || of instanceof Tuple
                || of instanceof List
                || of instanceof Sequence.Range;
        if (!known) {
            throw Raised.of("TypeError", "'" + Values.type(of) + "' object is not subscriptable");
        }
        int size = of instanceof String text ? text.length() : Values.size(of);
        if (key instanceof Part part) {
            return part(of, part.of(size));
        }
        int at = place(of, key, size);
        if (at < 0 || at >= size) {
            String name = of instanceof String ? "string" : of instanceof Sequence ? "range object" : Values.type(of);
            throw Raised.of("IndexError", (of instanceof Bytes ? "index" : name + " index") + " out of range");
        }
        return of instanceof String text
                ? text.substring(at, at + 1)
                : of instanceof Bytes bytes
                        ? java.math.BigInteger.valueOf(bytes.latin().charAt(at))
                        : of instanceof Tuple tuple
                                ? tuple.items().get(at)
                                : of instanceof Sequence.Range range ? range.at(at) : ((List<?>) of).get(at);
    }

    private static int place(Object of, Object key, int size) {
        if (!(key instanceof java.math.BigInteger) && !(key instanceof Boolean)) {
            String name = of instanceof String ? "string" : of instanceof Bytes ? "byte" : Values.type(of);
            throw Raised.of(
                    "TypeError",
                    name + " indices must be integers" + (of instanceof String ? "" : " or slices") + ", not "
                            + (of instanceof String ? "'" + Values.type(key) + "'" : Values.type(key)));
        }
        int at = Values.index(key).intValue();
        return at < 0 ? at + size : at;
    }

    private static Object part(Object of, List<Integer> places) {
        if (of instanceof String || of instanceof Bytes) {
            String text = of instanceof Bytes bytes ? bytes.latin() : (String) of;
            StringBuilder cut = new StringBuilder();
            places.forEach(i -> cut.append(text.charAt(i)));
            return of instanceof Bytes ? new Bytes(cut.toString()) : cut.toString();
        }
        List<Object> all = Values.list(of);
        List<Object> cut = new ArrayList<>();
        places.forEach(i -> cut.add(all.get(i)));
        return of instanceof Tuple ? new Tuple(cut) : cut;
    }

    static Raised raiseKey(Object key) {
        return new Raised((Instance) Exceptions.of("KeyError").call(Arguments.of(key)));
    }

    @SuppressWarnings("unchecked")
    static void set(Object of, Object key, Object value) {
        if (of instanceof Map) {
            ((Map<Object, Object>) of).put(Values.key(key), value);
        } else if (of instanceof List && key instanceof Part part) {
            List<Object> list = (List<Object>) of;
            List<Integer> places = part.of(list.size());
            int from = places.isEmpty() ? list.size() : places.get(0);
            places.forEach(i -> list.remove(from));
            list.addAll(from, Values.list(value));
        } else if (of instanceof List) {
            List<Object> list = (List<Object>) of;
            int at = place(of, key, list.size());
            if (at < 0 || at >= list.size()) {
                throw Raised.of("IndexError", "list assignment index out of range");
            }
            list.set(at, value);
        } else if (!(of instanceof Instance instance) || instance.special("__setitem__", key, value) == null) {
            throw Raised.of("TypeError", "'" + Values.type(of) + "' object does not support item assignment");
        }
    }

    static void delete(Object of, Object key) {
        if (of instanceof Map<?, ?> map) {
            if (map.remove(key) == null) {
                throw raiseKey(key);
            }
        } else if (of instanceof List<?> list && key instanceof Part part) {
            List<Integer> places = part.of(list.size());
            places.stream().sorted(java.util.Comparator.reverseOrder()).forEach(i -> list.remove(i.intValue()));
        } else if (of instanceof List<?> list) {
            int at = place(of, key, list.size());
            if (at < 0 || at >= list.size()) {
                throw Raised.of("IndexError", "list assignment index out of range");
            }
            list.remove(at);
        } else {
            throw Raised.of("TypeError", "'" + Values.type(of) + "' object doesn't support item deletion");
        }
    }
}
