package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.FORMAT;
import static dev.kuar.practice.cel.FunctionSet.TEXT;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.kuar.practice.schema.Syntax;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The formats that Kubernetes has names for: {@code format.named('dns1123Label')}, {@code format.dns1123Label()}. */
final class FormatFunctions {
    private static final String UUID = "does not match the UUID format";
    private static final Map<String, Function<String, List<String>>> FORMATS = formats();

    private FormatFunctions() {}

    private static Map<String, Function<String, List<String>>> formats() {
        Map<String, Function<String, List<String>>> formats = new LinkedHashMap<>();
        formats.put("dns1123Label", Syntax::label);
        formats.put("dns1123Subdomain", Syntax::subdomain);
        formats.put("dns1035Label", Syntax::dns1035);
        formats.put("qualifiedName", Syntax::qualifiedName);
        formats.put("dns1123LabelPrefix", text -> Syntax.label(prefix(text)));
        formats.put("dns1123SubdomainPrefix", text -> Syntax.subdomain(prefix(text)));
        formats.put("dns1035LabelPrefix", text -> Syntax.dns1035(prefix(text)));
        formats.put("labelValue", Syntax::labelValue);
        formats.put("uri", FormatFunctions::uri);
        formats.put(
                "uuid",
                text -> text.matches("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
                        ? List.of()
                        : List.of(UUID));
        formats.put("byte", FormatFunctions::base64);
        formats.put("date", FormatFunctions::date);
        formats.put("datetime", FormatFunctions::moment);
        return Collections.unmodifiableMap(formats);
    }

    /** A format by its name; it says what is wrong with a text. */
    record Format(String name) {
        List<String> complaints(String text) {
            Function<String, List<String>> check = FORMATS.get(name);
            return check == null ? List.of() : check.apply(text);
        }
    }

    static void addTo(FunctionSet set) {
        set.global(
                "format.named",
                OptionalType.create(FORMAT),
                List.of(TEXT),
                a -> FORMATS.containsKey((String) a[0]) ? Optional.of(new Format((String) a[0])) : Optional.empty());
        FORMATS.keySet().forEach(name -> set.global("format." + name, FORMAT, List.of(), a -> new Format(name)));
        set.member("validate", OptionalType.create(ListType.create(TEXT)), List.of(FORMAT, TEXT), a -> {
            List<String> wrong = ((Format) a[0]).complaints((String) a[1]);
            return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
        });
    }

    /** A prefix may end with a dash: what follows it will not. */
    private static String prefix(String text) {
        return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
    }

    private static List<String> uri(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/")
                    ? List.of()
                    : List.of("parse \"" + text + "\": invalid URI for request");
        } catch (URISyntaxException malformed) {
            return List.of("parse \"" + text + "\": invalid URI for request");
        }
    }

    private static List<String> base64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return List.of();
        } catch (IllegalArgumentException malformed) {
            return List.of("invalid base64");
        }
    }

    private static List<String> date(String text) {
        try {
            LocalDate.parse(text);
            return List.of();
        } catch (DateTimeParseException malformed) {
            return List.of("invalid date");
        }
    }

    private static List<String> moment(String text) {
        try {
            OffsetDateTime.parse(text);
            return List.of();
        } catch (DateTimeParseException malformed) {
            return List.of("invalid datetime");
        }
    }
}
