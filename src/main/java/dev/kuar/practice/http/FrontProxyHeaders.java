package dev.kuar.practice.http;

import dev.kuar.practice.auth.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headers in which a front proxy says for whom it speaks. What a client sends of them is never passed on. */
final class FrontProxyHeaders {
    private static final String EXTRA = "X-Remote-Extra-";
    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    private FrontProxyHeaders() {}

    /** Puts them among the headers of a request in place of those that are there. */
    static void put(Map<String, List<String>> headers, UserInfo user) {
        headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-remote-"));
        headers.put("X-Remote-User", List.of(user.name()));
        if (!user.uid().isEmpty()) {
            headers.put("X-Remote-Uid", List.of(user.uid()));
        }
        if (!user.groups().isEmpty()) {
            headers.put("X-Remote-Group", new ArrayList<>(user.groups()));
        }
        user.extra().forEach((key, values) -> headers.put(EXTRA + escaped(key), new ArrayList<>(values)));
    }

    /** A key as the end of a header's name: what cannot stand there is percent-encoded. */
    private static String escaped(String key) {
        StringBuilder name = new StringBuilder();
        for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 0x80 && c != '%' && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0);
            name.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return name.toString();
    }
}
