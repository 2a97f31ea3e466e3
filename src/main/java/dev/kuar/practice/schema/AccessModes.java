package dev.kuar.practice.schema;

import java.util.List;

/** How volumes can be used. */
final class AccessModes {
    static final List<String> ALL = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private AccessModes() {}
}
