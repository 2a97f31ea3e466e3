package dev.kuar.practice.http;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a write as a tree, for audit events; as it was sent: a patch, options, or what the API server never came to understand. */
final class RequestObject {
    private static final List<String> OF_METADATA = List.of("namespace", "name", "uid", "resourceVersion");

    private RequestObject() {}

    /** Null where there is none that can be read: a map, of a JSON patch a list. */
    static @Nullable Object of(Call call, RequestPath path) {
        boolean writes = path.resourceRequest()
                && !path.isLongRunning()
                && !List.of("get", "list", "").contains(path.verb());
        if (!writes || call.body().length == 0) {
            return null;
        }
        String type = MediaRange.parse(call.header("Content-Type")).name();
        try {
            return type.equals("application/vnd.kubernetes.protobuf")
                    ? Protobuf.tree(call.body())
                    : Decoder.parse(call.body(), type.endsWith("yaml")).value();
        } catch (ApiException | DecodeException unreadable) {
            return null;
        }
    }

    /** Says in {@code objectRef} what the path did not: the names and revision of the object that was sent. */
    static void complete(Map<String, Object> event, Map<?, ?> object) {
        if (event.get("objectRef") instanceof Map<?, ?> reference
                && object.get("metadata") instanceof Map<?, ?> metadata) {
            @SuppressWarnings("unchecked")
            Map<String, Object> known = (Map<String, Object>) reference;
            for (String field : OF_METADATA) {
                if (metadata.get(field) instanceof String value && !value.isEmpty()) {
                    known.putIfAbsent(field, value);
                }
            }
        }
    }
}
