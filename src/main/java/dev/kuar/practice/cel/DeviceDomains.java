package dev.kuar.practice.cel;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a device by their domain and then by their name. Looking up an unknown domain gives an empty one. */
final class DeviceDomains extends HashMap<String, Object> {
    private static final long serialVersionUID = 1;

    /** @param driver whose domain the name belongs to where it says none */
    @SuppressWarnings("unchecked")
    void put(String driver, String name, Object value) {
        int slash = name.indexOf('/');
        String domain = slash < 0 ? driver : name.substring(0, slash);
        Map<String, Object> inner = (Map<String, Object>) computeIfAbsent(domain, unused -> new HashMap<>());
        inner.put(name.substring(slash + 1), value);
    }

    @Override
    public Object get(@Nullable Object key) {
        Object value = super.get(key);
        return value == null ? Map.of() : value;
    }
}
