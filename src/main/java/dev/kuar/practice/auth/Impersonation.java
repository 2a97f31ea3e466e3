package dev.kuar.practice.auth;

import java.util.List;
import java.util.Map;

/**
 * What the Impersonate headers of a request ask for.
 *
 * @param user empty without {@code Impersonate-User}
 * @param uid empty without {@code Impersonate-Uid}
 * @param extra lower-case, percent-decoded key to values
 */
public record Impersonation(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    public static final Impersonation NONE = new Impersonation("", "", List.of(), Map.of());

    /** Whether anything is asked for. */
    public boolean isWanted() {
        return !user.isEmpty() || !uid.isEmpty() || !groups.isEmpty() || !extra.isEmpty();
    }
}
