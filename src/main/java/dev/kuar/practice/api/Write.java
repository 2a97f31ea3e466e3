package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A create or update on its way to the store, as strategies see it.
 *
 * @param object what is to be stored, free to be changed
 * @param old what is stored; null for a create
 * @param verb of the request, as RBAC names it
 * @param subresource empty for the object itself
 */
record Write(
        Kind kind,
        KubeObject object,
        @Nullable KubeObject old,
        String verb,
        String subresource,
        UserInfo user,
        Instant now,
        boolean dryRun,
        List<String> warnings) {}
