package dev.kuar.kube;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Trees as JSON. */
public final class TreeJson {
    private TreeJson() {}

    /** Compact JSON of maps, lists, strings, numbers, Booleans and nulls. */
    public static String write(@Nullable Object tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            value(out, tree);
        }
        return text.toString();
    }

    private static void value(JsonGenerator out, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((name, each) -> {
                out.writeName(String.valueOf(name));
                value(out, each);
            });
            out.writeEndObject();
        } else if (tree instanceof List<?> list) {
            out.writeStartArray();
            list.forEach(each -> value(out, each));
            out.writeEndArray();
        } else if (tree instanceof Long number) {
            out.writeNumber(number);
        } else if (tree instanceof Double number) {
            out.writeNumber(number);
        } else if (tree instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (tree == null) {
            out.writeNull();
        } else {
            out.writeString(tree.toString());
        }
    }
}
