package dev.kuar.practice.api;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Statuses;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the next page of a list begins.
 *
 * @param revision the revision that all pages show; -1 for the newest
 * @param start the key of the next page after the list's prefix, with a slash in front
 */
record ContinueToken(long revision, String start) {
    private static final String VERSION = "meta.k8s.io/v1";

    /** @param lastKey the last key of this page, behind the prefix's last slash */
    static ContinueToken after(long revision, String lastKey) {
        return new ContinueToken(revision, "/" + lastKey + "\0");
    }

    /** Unpadded base64 of upstream's JSON. */
    String encode() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("v", VERSION);
        tree.put("rv", revision);
        tree.put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.write(tree));
    }

    /** @throws ApiException 400 for what is no token */
    static ContinueToken decode(String text) {
        byte[] json;
        try {
            json = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException bad) {
            throw invalid("illegal base64 data at input byte " + firstBad(text));
        }
        Map<String, Object> tree;
        try {
            tree = JsonReader.readMap(json);
        } catch (IllegalArgumentException bad) {
            String head = new String(json, StandardCharsets.ISO_8859_1);
            throw invalid(
                    head.isEmpty() || head.startsWith("{")
                            ? "unexpected end of JSON input"
                            : "invalid character '" + head.charAt(0) + "' looking for beginning of value");
        }
        if (!VERSION.equals(tree.get("v"))) {
            throw invalid("server does not recognize this encoded version "
                    + JsonWriter.text(String.valueOf(tree.getOrDefault("v", ""))));
        }
        long revision = tree.get("rv") instanceof Number number ? number.longValue() : 0;
        if (revision == 0) {
            throw invalid("incorrect encoded start resourceVersion (version " + VERSION + ")");
        }
        if (!(tree.get("start") instanceof String start) || start.isEmpty()) {
            throw invalid("encoded start key empty (version " + VERSION + ")");
        }
        if (start.contains("/../") || start.endsWith("/..")) {
            throw invalid(start);
        }
        return new ContinueToken(revision, start.startsWith("/") ? start : "/" + start);
    }

    private static int firstBad(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'))) {
                return i;
            }
        }
        return text.length();
    }

    private static ApiException invalid(String why) {
        return Statuses.badRequest("invalid continue token: continue key is not valid: " + why);
    }
}
