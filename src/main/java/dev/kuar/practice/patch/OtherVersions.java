package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import org.jspecify.annotations.Nullable;

/** Objects in versions other than that of a request, for managers that own fields of those. */
@FunctionalInterface
public interface OtherVersions {
    /** Of kinds whose versions have the same fields. */
    OtherVersions ALIKE = (apiVersion, object) -> new Versioned(null, object);

    /** An object in some version; {@code kind} is null where it is that of the request. */
    record Versioned(@Nullable Kind kind, KubeObject object) {}

    /**
     * An object in the version of {@code apiVersion}.
     *
     * @return null where there is no such version any more
     * @throws dev.kuar.practice.object.ApiException where it cannot be converted
     */
    @Nullable
    Versioned in(String apiVersion, KubeObject object);
}
