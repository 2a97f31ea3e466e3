package dev.kuar.practice.api;

import dev.kuar.practice.admission.Equivalents;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.List;

/** The kinds that are stored as one. */
final class OtherServedVersions implements Equivalents {
    private final Parts parts;

    OtherServedVersions(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<Kind> of(Kind kind) {
        if (kind.isVirtual()) {
            return List.of();
        }
        return parts.catalog().kinds().stream()
                .filter(each -> each.keyPrefix().equals(kind.keyPrefix())
                        && !each.apiVersion().equals(kind.apiVersion()))
                .toList();
    }

    @Override
    public KubeObject convert(Kind from, Kind to, KubeObject object) {
        Versions versions = parts.storage().versions();
        CustomVersions custom = versions.of(to);
        KubeObject converted = custom != null
                ? custom.to(to.apiVersion(), object)
                : versions.read(to, Storage.unwritten(from, "", versions.toStored(from, object)))
                        .object();
        return converted.copy();
    }
}
