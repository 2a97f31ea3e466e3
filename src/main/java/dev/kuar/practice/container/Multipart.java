package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of a {@code multipart/form-data} body. Source: RFC 7578. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");

    private Multipart() {}

    /** The bytes of the part of that name; empty where there is none. */
    static Optional<byte[]> file(HttpRequest request, String name) {
        Matcher matcher = BOUNDARY.matcher(request.header("Content-Type"));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        // Latin-1 keeps each byte as one character.
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        for (String part : body.split(Pattern.quote("--" + matcher.group(1)))) {
            int head = part.indexOf("\r\n\r\n");
            if (head > 0 && part.substring(0, head).contains("name=\"" + name + "\"")) {
                String content = part.substring(head + 4);
                return Optional.of((content.endsWith("\r\n") ? content.substring(0, content.length() - 2) : content)
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }
}
