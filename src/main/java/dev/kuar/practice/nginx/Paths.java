package dev.kuar.practice.nginx;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Paths, sizes, dates and networks, as nginx reads and writes them. */
final class Paths {
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Paths() {}

    /** Decoded, without dots and doubled slashes; null where it would leave the root. */
    static @Nullable String normal(String path) {
        String decoded;
        try {
            decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (!decoded.startsWith("/") || decoded.indexOf('\0') >= 0) {
            return null;
        }
        Deque<String> parts = new ArrayDeque<>();
        String[] words = decoded.split("/", -1);
        for (int i = 1; i < words.length; i++) {
            switch (words[i]) {
                case "" -> {}
                case "." -> {}
                case ".." -> {
                    if (parts.pollLast() == null) {
                        return null;
                    }
                }
                default -> parts.add(words[i]);
            }
        }
        String last = words[words.length - 1];
        boolean open = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", parts) + (open && !parts.isEmpty() ? "/" : "");
    }

    static String full(String path) {
        return path.startsWith("/") ? path : NginxConfiguration.PREFIX + "/" + path;
    }

    /** In bytes, of {@code 10m}, {@code 8k}; 0 for what is no size. */
    static long size(String text) {
        if (!text.matches("\\d{1,12}[kKmMgG]?")) {
            return 0;
        }
        char unit = Character.toLowerCase(text.charAt(text.length() - 1));
        int shift = unit == 'k' ? 10 : unit == 'm' ? 20 : unit == 'g' ? 30 : 0;
        return Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1)) << shift;
    }

    /** Whether an IPv4 address is in a network, {@code 10.0.0.0/8}, or is that address. */
    static boolean inside(String address, String network) {
        String[] parts = network.split("/");
        if (parts.length == 1) {
            return parts[0].equals(address);
        }
        long one = number(address);
        long other = number(parts[0]);
        if (one < 0 || other < 0 || !parts[1].matches("\\d{1,2}") || Integer.parseInt(parts[1]) > 32) {
            return false;
        }
        int shift = 32 - Integer.parseInt(parts[1]);
        return one >> shift == other >> shift;
    }

    private static long number(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return -1;
        }
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
