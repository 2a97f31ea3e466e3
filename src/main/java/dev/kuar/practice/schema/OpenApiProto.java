package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI v2 document as a protobuf message, {@code openapi.v2.Document} of gnostic, with what clients of Kubernetes
 * read of it: definitions and the operations of paths.
 */
final class OpenApiProto extends ProtoMessage {
    private static final Map<String, Integer> OPERATIONS =
            Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);

    private OpenApiProto() {}

    static byte[] encode(Map<String, Object> document) {
        OpenApiProto message = new OpenApiProto();
        message.text(1, document.get("swagger"));
        message.message(2, info(map(document.get("info"))));
        OpenApiProto paths = new OpenApiProto();
        map(document.get("paths")).forEach((name, item) -> paths.named(2, name, path(map(item))));
        message.message(8, paths);
        OpenApiProto definitions = new OpenApiProto();
        map(document.get("definitions")).forEach((name, schema) -> definitions.named(1, name, schema(map(schema))));
        message.message(9, definitions);
        return message.toBytes();
    }

    private static OpenApiProto info(Map<String, Object> info) {
        OpenApiProto message = new OpenApiProto();
        message.text(1, info.get("title"));
        message.text(2, info.get("version"));
        return message;
    }

    private static OpenApiProto path(Map<String, Object> item) {
        OpenApiProto message = new OpenApiProto();
        item.forEach((method, operation) -> {
            Integer field = OPERATIONS.get(method);
            if (field != null) {
                message.message(field, operation(map(operation)));
            }
        });
        return message;
    }

    private static OpenApiProto operation(Map<String, Object> operation) {
        OpenApiProto message = new OpenApiProto();
        list(operation.get("tags")).forEach(tag -> message.text(1, tag));
        message.text(5, operation.get("operationId"));
        for (Object each : list(operation.get("parameters"))) {
            OpenApiProto query = new OpenApiProto();
            query.text(2, map(each).get("in"));
            query.text(4, map(each).get("name"));
            query.text(6, map(each).get("type"));
            message.message(8, wrapped(1, wrapped(2, wrapped(3, query))));
        }
        message.message(9, new OpenApiProto());
        message.extensions(13, operation);
        return message;
    }

    private static OpenApiProto schema(Map<String, Object> schema) {
        OpenApiProto message = new OpenApiProto();
        message.text(1, schema.get("$ref"));
        message.text(2, schema.get("format"));
        message.text(4, schema.get("description"));
        list(schema.get("required")).forEach(name -> message.text(19, name));
        list(schema.get("enum")).forEach(value -> message.message(20, any(value)));
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            message.message(21, wrapped(1, schema(map(values))));
        }
        if (schema.get("type") instanceof String type) {
            OpenApiProto item = new OpenApiProto();
            item.text(1, type);
            message.message(22, item);
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            message.message(23, wrapped(1, schema(map(items))));
        }
        if (schema.get("properties") instanceof Map<?, ?> fields) {
            OpenApiProto properties = new OpenApiProto();
            map(fields).forEach((name, field) -> properties.named(1, name, schema(map(field))));
            message.message(25, properties);
        }
        message.extensions(31, schema);
        return message;
    }

    private void extensions(int field, Map<String, Object> holder) {
        holder.forEach((name, value) -> {
            if (name.startsWith("x-")) {
                named(field, name, any(value));
            }
        });
    }

    private static OpenApiProto any(Object value) {
        OpenApiProto message = new OpenApiProto();
        message.text(2, JsonWriter.text(value) + "\n");
        return message;
    }

    private static OpenApiProto wrapped(int field, OpenApiProto inner) {
        OpenApiProto message = new OpenApiProto();
        message.message(field, inner);
        return message;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
