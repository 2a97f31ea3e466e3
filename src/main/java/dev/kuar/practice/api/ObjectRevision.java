package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.List;

/** The resourceVersion that a written object names, as upstream's versioner reads it. */
final class ObjectRevision {
    private ObjectRevision() {}

    /**
     * 0 where it names none.
     *
     * @throws dev.kuar.practice.object.ApiException 500 for what is no number, as upstream has it
     */
    static long of(KubeObject object) {
        String text = object.resourceVersion();
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException bad) {
            String why = text.matches("[0-9]+") ? "value out of range" : "invalid syntax";
            throw Statuses.internal("strconv.ParseUint: parsing " + JsonWriter.text(text) + ": " + why);
        }
    }

    /** Refuses a new object that names one; what is no number is passed over. */
    static void refuse(KubeObject object) {
        if (object.resourceVersion().matches("0*[1-9][0-9]*")) {
            throw Statuses.internal("resourceVersion should not be set on objects to be created");
        }
        object.set(null, "metadata", "resourceVersion");
    }

    /** Refuses a change of another revision than the stored one, and of none where the kind asks for one. */
    static void check(Kind kind, KubeObject object, KubeObject old) {
        long named = of(object);
        if (named == 0 && (kind.has(Kind.Flag.NO_UNCONDITIONAL_UPDATE) || kind.isCustom())) {
            throw Statuses.invalid(
                    kind.group(),
                    kind.resource(),
                    old.name(),
                    List.of(Statuses.cause(
                            "FieldValueInvalid",
                            "Invalid value: 0: must be specified for an update",
                            "metadata.resourceVersion")));
        }
        if (named != 0 && named != of(old)) {
            throw Statuses.modified(kind.groupResource(), old.name());
        }
    }
}
