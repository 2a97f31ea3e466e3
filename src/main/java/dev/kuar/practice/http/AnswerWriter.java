package dev.kuar.practice.http;

import dev.kuar.practice.api.Answer;
import dev.kuar.practice.api.Served;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.time.ClusterClock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what the API server answered in the form that the client asked for. */
final class AnswerWriter {
    static final List<Form.Encoding> ENCODINGS =
            List.of(Form.Encoding.JSON, Form.Encoding.YAML, Form.Encoding.PROTOBUF);
    static final List<String> MEDIA_TYPES =
            ENCODINGS.stream().map(Form.Encoding::mediaType).toList();

    private static final int PIECE = 32 * 1024;

    private final TableColumns columns;
    private final ClusterClock clock;

    AnswerWriter(TableColumns columns, ClusterClock clock) {
        this.columns = columns;
        this.clock = clock;
    }

    void write(Call call, Kind kind, Form form, Answer answer) throws IOException {
        if (answer instanceof Answer.One one) {
            one(call, kind, form, one);
        } else if (answer instanceof Answer.Many many) {
            many(call, kind, form, many);
        } else if (answer instanceof Answer.Outcome outcome) {
            Map<String, Object> tree = outcome.status().tree();
            if (outcome.code() == 201) {
                tree.put("code", 201L);
            }
            Reply.tree(call, outcome.code(), form, tree);
        }
    }

    private void one(Call call, Kind kind, Form form, Answer.One one) throws IOException {
        switch (form.as()) {
            case "Table" ->
                Reply.tree(call, one.code(), form, tables(call, kind, form).of(one));
            case "PartialObjectMetadata" ->
                Reply.tree(call, one.code(), form, Metadata.partial(one.object().object(), form.version()));
            case "PartialObjectMetadataList" ->
                throw notAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list ("
                        + goType(kind, kind.kind()) + ")");
            default -> {
                if (form.encoding() == Form.Encoding.JSON && !form.pretty()) {
                    Reply.object(
                            call,
                            one.code(),
                            Reply.JSON,
                            Reply.line(one.object().json()));
                } else {
                    Reply.tree(call, one.code(), form, one.object().object().tree());
                }
            }
        }
    }

    private void many(Call call, Kind kind, Form form, Answer.Many many) throws IOException {
        switch (form.as()) {
            case "Table" -> tables(call, kind, form).write(call, many);
            case "PartialObjectMetadataList" ->
                Reply.tree(call, many.code(), form, Metadata.partialList(many, form.version()));
            case "PartialObjectMetadata" ->
                throw notAcceptable("you requested PartialObjectMetadata, but the requested object is a list ("
                        + goType(kind, many.listKind()) + ")");
            default -> {
                if (form.encoding() == Form.Encoding.JSON && !form.pretty()) {
                    stream(call, many, kind.isCustom());
                } else {
                    Reply.tree(call, many.code(), form, tree(kind, many));
                }
            }
        }
    }

    private static void stream(Call call, Answer.Many many, boolean custom) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Reply.object(call, many.code(), Reply.JSON), PIECE)) {
            many.writeJson(out, custom);
            out.write('\n');
        }
    }

    private static Map<String, Object> tree(Kind kind, Answer.Many many) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", many.listKind());
        tree.put("apiVersion", many.apiVersion());
        Map<String, Object> metadata = Metadata.ofList(many);
        if (kind.isCustom()) {
            metadata.putIfAbsent("continue", "");
        }
        tree.put("metadata", metadata);
        List<Object> items = new ArrayList<>(many.items().size());
        for (Served item : many.items()) {
            KubeObject object = item.object();
            if (kind.isCustom()) {
                items.add(object.tree());
            } else {
                Map<String, Object> bare = new LinkedHashMap<>(object.tree());
                bare.remove("kind");
                bare.remove("apiVersion");
                items.add(bare);
            }
        }
        tree.put("items", items);
        return tree;
    }

    private Tables tables(Call call, Kind kind, Form form) {
        return new Tables(kind, form, Tables.Include.of(call), columns, clock);
    }

    private static ApiException notAcceptable(String message) {
        return new ApiException(Status.failure(406, "NotAcceptable", message));
    }

    /** How Go names the type of what was asked for. */
    private static String goType(Kind kind, String name) {
        if (kind.isCustom()) {
            return name.endsWith("List") ? "*unstructured.UnstructuredList" : "*unstructured.Unstructured";
        }
        String group = kind.group().isEmpty() ? "core" : kind.group();
        int dot = group.indexOf('.');
        return "*" + (dot < 0 ? group : group.substring(0, dot)) + "." + name;
    }
}
