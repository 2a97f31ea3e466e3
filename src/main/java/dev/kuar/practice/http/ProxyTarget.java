package dev.kuar.practice.http;

import dev.kuar.practice.object.Statuses;
import java.util.Set;

/**
 * What a proxy path names: {@code NAME}, {@code NAME:PORT} or {@code SCHEME:NAME:PORT}.
 *
 * @param port a number, or a port's name for a service; empty for the default
 */
record ProxyTarget(boolean tls, String name, String port) {
    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    /** @param kind {@code pod}, {@code service} or {@code node}, for the refusal */
    static ProxyTarget parse(String kind, String id) {
        String[] parts = id.split(":", -1);
        if (parts.length > 3 || parts.length == 3 && !SCHEMES.contains(parts[0])) {
            throw Statuses.badRequest("invalid " + kind + " request \"" + id + "\"");
        }
        return switch (parts.length) {
            case 1 -> new ProxyTarget(false, id, "");
            case 2 -> new ProxyTarget(false, parts[0], parts[1]);
            default -> new ProxyTarget(parts[0].equals("https"), parts[1], parts[2]);
        };
    }

    /** The port as a number; 0 for the default. */
    int number() {
        try {
            return port.isEmpty() ? 0 : Integer.parseInt(port);
        } catch (NumberFormatException named) {
            throw Statuses.badRequest("invalid port \"" + port + "\"");
        }
    }
}
