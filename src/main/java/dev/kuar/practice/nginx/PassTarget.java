package dev.kuar.practice.nginx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code proxy_pass} goes.
 *
 * @param port negative where what stands there is no port
 * @param usual whether the port is the scheme's own
 * @param uri what is behind host and port; may be empty
 */
record PassTarget(boolean tls, String host, int port, boolean usual, String uri) {
    private static final Pattern URL = Pattern.compile("(https?)://([^/:]*)(?::([^/]*))?(/.*)?", Pattern.DOTALL);

    /** Null where the URL has no scheme that can be passed to. */
    static @Nullable PassTarget of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return null;
        }
        boolean tls = matcher.group(1).equals("https");
        String written = matcher.group(3);
        int own = tls ? 443 : 80;
        int port = written == null
                ? own
                : written.matches("\\d{1,5}") && Integer.parseInt(written) < 65536 ? Integer.parseInt(written) : -1;
        return new PassTarget(
                tls, matcher.group(2), port, port == own, matcher.group(4) == null ? "" : matcher.group(4));
    }

    /** As {@code $proxy_host} says. */
    String authority() {
        return host + (usual ? "" : ":" + port);
    }
}
