package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.List;

/** The versions in which one resource is served: who asks for one of them hears of requests for all. */
public interface Equivalents {
    /** There are no others. */
    Equivalents NONE = new Equivalents() {
        @Override
        public List<Kind> of(Kind kind) {
            return List.of();
        }

        @Override
        public KubeObject convert(Kind from, Kind to, KubeObject object) {
            return object;
        }
    };

    /** The others, the preferred version first. */
    List<Kind> of(Kind kind);

    /**
     * An object in another version; the caller's own.
     *
     * @throws dev.kuar.practice.object.ApiException 500 where it cannot be converted
     */
    KubeObject convert(Kind from, Kind to, KubeObject object);
}
