package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.TEXT;

import java.util.List;

/** {@code jsonpatch.escapeKey('a/b~c')}, a step of the path of a JSON patch. */
final class PatchFunctions {
    private PatchFunctions() {}

    static void addTo(FunctionSet set) {
        set.global("jsonpatch.escapeKey", TEXT, List.of(TEXT), a -> ((String) a[0])
                .replace("~", "~0")
                .replace("/", "~1"));
    }
}
