package dev.kuar.practice.http;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** One answer, kept while it is written; nothing of JSON of more than 4 MiB. */
final class KeptResponse {
    private static final int LIMIT = 4 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Map<String, Object> given = Map.of();
    private boolean tooLong;

    /** Takes what is answered in another form. */
    void keep(Map<String, Object> tree) {
        given = tree;
    }

    OutputStream around(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                out.write(source, offset, length);
                tooLong |= bytes.size() + length > LIMIT;
                if (!tooLong) {
                    bytes.write(source, offset, length);
                }
            }
        };
    }

    /** What was written; empty where it is no JSON object. */
    Map<String, Object> tree() {
        if (tooLong || bytes.size() == 0) {
            return given;
        }
        try {
            return JsonReader.readMap(bytes.toByteArray());
        } catch (ApiException | IllegalArgumentException noObject) {
            return Map.of();
        }
    }
}
