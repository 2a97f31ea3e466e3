package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.TEXT;
import static dev.kuar.practice.cel.FunctionSet.TRUTH;
import static dev.kuar.practice.cel.FunctionSet.URL;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.runtime.CelEvaluationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code url('https://example.com:80/path')} and its parts. */
final class UrlFunctions {
    private UrlFunctions() {}

    static void addTo(FunctionSet set) {
        set.global("url", URL, List.of(TEXT), a -> parse((String) a[0]));
        set.global("isURL", TRUTH, List.of(TEXT), a -> find((String) a[0]) != null);
        set.member("getScheme", TEXT, List.of(URL), a -> text(((URI) a[0]).getScheme()));
        set.member("getHost", TEXT, List.of(URL), a -> host((URI) a[0]));
        set.member("getHostname", TEXT, List.of(URL), a -> {
            String host = text(((URI) a[0]).getHost());
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        });
        set.member("getPort", TEXT, List.of(URL), a -> {
            int port = ((URI) a[0]).getPort();
            return port < 0 ? "" : String.valueOf(port);
        });
        set.member("getEscapedPath", TEXT, List.of(URL), a -> text(((URI) a[0]).getRawPath()));
        set.member("getQuery", MapType.create(TEXT, ListType.create(TEXT)), List.of(URL), a -> query((URI) a[0]));
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static String host(URI url) {
        return text(url.getHost()) + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static URI parse(String text) throws CelEvaluationException {
        URI url = find(text);
        if (url == null) {
            throw FunctionSet.failure(
                    "URL parse error during conversion from string: parse \"" + text + "\": invalid URI for request");
        }
        return url;
    }

    /** Absolute, or an absolute path; null for what is neither. */
    private static @Nullable URI find(String text) {
        try {
            URI url = new URI(text);
            return (url.isAbsolute() && !url.isOpaque()) || (!url.isAbsolute() && text.startsWith("/")) ? url : null;
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static Map<String, List<String>> query(URI url) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text(url.getRawQuery()).split("&", -1)) {
            if (!pair.isEmpty()) {
                int equal = pair.indexOf('=');
                String name = equal < 0 ? pair : pair.substring(0, equal);
                query.computeIfAbsent(decoded(name), key -> new ArrayList<>())
                        .add(equal < 0 ? "" : decoded(pair.substring(equal + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
