package dev.kuar.practice.http;

import dev.kuar.practice.api.Served;
import dev.kuar.practice.api.WatchEvent;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watch events as the bytes that are sent: a line of JSON each, or protobuf behind its length. One a watch. */
final class WatchFrames {
    private static final byte[] END = {'}', '\n'};

    private final Form form;
    private final @Nullable Tables tables;
    private boolean first = true;

    WatchFrames(Form form, @Nullable Tables tables) {
        this.form = form;
        this.tables = tables;
    }

    /** Appends one event to {@code out}. */
    void append(WatchEvent event, ByteArrayOutputStream out) {
        if (form.encoding() == Form.Encoding.PROTOBUF) {
            out.writeBytes(Protobuf.watchFrame(event.type().name(), object(event)));
            return;
        }
        out.writeBytes(("{\"type\":\"" + event.type().name() + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(isAsStored(event) ? event.object().json() : JsonWriter.write(object(event)));
        out.writeBytes(END);
    }

    private boolean isAsStored(WatchEvent event) {
        return form.as().isEmpty() || event.type() == WatchEvent.Type.ERROR;
    }

    private Map<String, Object> object(WatchEvent event) {
        Served served = event.object();
        KubeObject object = served.object();
        if (isAsStored(event)) {
            return object.tree();
        }
        if (tables != null) {
            boolean withColumns = first;
            first = false;
            return tables.of(served, withColumns, event.type() != WatchEvent.Type.BOOKMARK);
        }
        return Metadata.partial(object, form.version());
    }
}
