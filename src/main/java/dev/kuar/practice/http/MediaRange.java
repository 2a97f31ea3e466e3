package dev.kuar.practice.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One clause of an Accept header, or a Content-Type.
 *
 * @param type lower case, {@code application}; {@code *} for any
 * @param subtype lower case, {@code json}; {@code *} for any
 * @param parameters by lower-case name, in order; {@code q} is left out
 * @param quality 0 to 1
 */
record MediaRange(String type, String subtype, Map<String, String> parameters, double quality) {
    /** The clauses of an Accept header, best first, equals in the order in which they stand; damaged ones are left out. */
    static List<MediaRange> parseAccept(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String clause : header.split(",", -1)) {
            MediaRange range = parse(clause);
            if (!range.type().isEmpty()) {
                ranges.add(range);
            }
        }
        ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
        return ranges;
    }

    /** A single type with its parameters; an empty type when the text is none. */
    static MediaRange parse(String text) {
        String[] parts = text.split(";", -1);
        String name = parts[0].trim().toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        String type = slash < 0 ? name : name.substring(0, slash);
        String subtype = slash < 0 ? (name.equals("*") ? "*" : "") : name.substring(slash + 1);
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = parts[i].substring(0, equals).trim().toLowerCase(Locale.ROOT);
            String value = unquote(parts[i].substring(equals + 1).trim());
            if (key.equals("q")) {
                quality = number(value);
            } else {
                parameters.put(key, value);
            }
        }
        return new MediaRange(type, subtype, parameters, quality);
    }

    /** Whether it covers {@code mediaType}, {@code application/json}. */
    boolean covers(String mediaType) {
        int slash = mediaType.indexOf('/');
        boolean sameType = type.equals(mediaType.substring(0, slash));
        if (type.equals("*") && subtype.equals("*")) {
            return true;
        }
        return sameType && (subtype.equals("*") || subtype.equals(mediaType.substring(slash + 1)));
    }

    /** {@code type/subtype}. */
    String name() {
        return subtype.isEmpty() ? type : type + "/" + subtype;
    }

    String parameter(String key) {
        return parameters.getOrDefault(key, "");
    }

    private static String unquote(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException damaged) {
            return 1;
        }
    }
}
