package dev.kuar.practice.auth;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the modes of impersonation ask of the extra fields of a user. */
final class ExtraKeys {
    private ExtraKeys() {}

    /** Why they may not be; empty where they may. Whether a key has a domain and a path is not looked at beyond its slash. */
    static String wrong(Map<String, List<String>> extra) {
        for (Map.Entry<String, List<String>> each : extra.entrySet()) {
            String key = each.getKey();
            if (key.isEmpty()) {
                return "impersonating the empty string key in extra is not allowed";
            }
            if (key.indexOf('/') < 1 || key.endsWith("/")) {
                return "impersonating an invalid key in extra is not allowed: extra.key: Invalid value: \"" + key
                        + "\": must be a domain-prefixed path (such as \"acme.io/foo\")";
            }
            if (!key.equals(key.toLowerCase(Locale.ROOT))) {
                return "impersonating a non-lowercase key in extra is not allowed: \"" + key + "\"";
            }
            if (each.getValue().isEmpty()) {
                return "impersonating empty values in extra is not allowed";
            }
            if (each.getValue().contains("")) {
                return "impersonating the empty string value in extra is not allowed";
            }
        }
        return "";
    }
}
