package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of an OpenAPI document, being written in the form of v2 or v3.
 *
 * <p>v2 names its media types once and has the body among the parameters; v3 names them at each body and each answer.
 */
final class OpenApiOperation {
    private static final List<String> MEDIA =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> STREAMS =
            List.of("application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch");
    private static final List<String> CUSTOM = List.of("application/json", "application/yaml");

    private final boolean v3;
    private final String description;
    private final String tag;
    private final String id;
    private final List<Object> parameters = new ArrayList<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private List<String> accepts = List.of("*/*");
    private List<String> produces = MEDIA;
    private String body = "";
    private boolean bodyRequired;
    private String type = "";

    OpenApiOperation(boolean v3, String description, String tag, String id) {
        this.v3 = v3;
        this.description = description;
        this.tag = tag;
        this.id = id;
    }

    OpenApiOperation takes(List<Object> more) {
        parameters.addAll(more);
        return this;
    }

    OpenApiOperation body(String name, boolean required) {
        body = name;
        bodyRequired = required;
        return this;
    }

    OpenApiOperation accepts(List<String> media) {
        accepts = media;
        return this;
    }

    OpenApiOperation produces(List<String> media) {
        produces = media;
        return this;
    }

    OpenApiOperation streams() {
        List<String> all = new ArrayList<>(produces);
        all.addAll(STREAMS);
        produces = all;
        return this;
    }

    OpenApiOperation custom() {
        produces = CUSTOM;
        return this;
    }

    /** Answers with an object of a type, by any of the codes; an empty type is a text. */
    OpenApiOperation answers(String name, String... codes) {
        type = name;
        for (String code : codes) {
            answers.put(code, code.equals("200") ? "OK" : code.equals("201") ? "Created" : "Accepted");
        }
        return this;
    }

    /** @param kind group, version and kind; empty for what is no kind's */
    Map<String, Object> made(String action, List<String> kind) {
        Map<String, Object> operation = new LinkedHashMap<>();
        if (v3) {
            operation.put("tags", List.of(tag));
        }
        operation.put("description", description);
        if (!v3) {
            if (!accepts.isEmpty()) {
                operation.put("consumes", accepts);
            }
            operation.put("produces", produces);
            operation.put("schemes", List.of("https"));
            operation.put("tags", List.of(tag));
        }
        operation.put("operationId", id);
        List<Object> all = new ArrayList<>();
        if (!v3 && !body.isEmpty()) {
            Map<String, Object> sent = new LinkedHashMap<>();
            sent.put("name", "body");
            sent.put("in", "body");
            if (bodyRequired) {
                sent.put("required", true);
            }
            sent.put("schema", schema(body));
            all.add(sent);
        }
        all.addAll(parameters);
        if (!all.isEmpty()) {
            operation.put("parameters", all);
        }
        if (v3 && !body.isEmpty()) {
            Map<String, Object> sent = new LinkedHashMap<>();
            sent.put("content", content(accepts, body));
            if (bodyRequired) {
                sent.put("required", true);
            }
            operation.put("requestBody", sent);
        }
        operation.put("responses", responses());
        if (!action.isEmpty()) {
            operation.put("x-kubernetes-action", action);
            Map<String, Object> gvk = new LinkedHashMap<>();
            gvk.put("group", kind.get(0));
            gvk.put("version", kind.get(1));
            gvk.put("kind", kind.get(2));
            operation.put("x-kubernetes-group-version-kind", gvk);
        }
        return operation;
    }

    private Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        answers.forEach((code, words) -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("description", words);
            if (v3) {
                answer.put("content", content(produces, type));
            } else {
                answer.put("schema", schema(type));
            }
            responses.put(code, answer);
        });
        responses.put("401", Map.of("description", "Unauthorized"));
        return responses;
    }

    private Map<String, Object> content(List<String> media, String name) {
        Map<String, Object> content = new LinkedHashMap<>();
        media.forEach(each -> content.put(each, Map.of("schema", schema(name))));
        return content;
    }

    private Map<String, Object> schema(String name) {
        return name.isEmpty()
                ? Map.of("type", "string")
                : Map.of("$ref", (v3 ? "#/components/schemas/" : "#/definitions/") + name);
    }
}
