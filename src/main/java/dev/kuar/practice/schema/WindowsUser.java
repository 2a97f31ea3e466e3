package dev.kuar.practice.schema;

import java.util.regex.Pattern;

/** The name of a user of Windows: a user's, or a domain, a backslash and a user's. */
final class WindowsUser {
    private static final Pattern NET_BIOS = Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final Pattern DOMAIN = Pattern.compile(
            "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
    private static final Pattern REFUSED = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");

    private WindowsUser() {}

    static void check(String name, String path, FieldErrors errors) {
        String[] parts = name.split("\\\\", -1);
        if (name.isEmpty()) {
            errors.invalid(path, name, "runAsUserName cannot be an empty string");
        } else if (name.chars().anyMatch(c -> c < ' ' || c == 127)) {
            errors.invalid(path, name, "runAsUserName cannot contain control characters");
        } else if (parts.length > 2) {
            errors.invalid(path, name, "runAsUserName cannot contain more than one backslash");
        } else {
            if (parts.length == 2) {
                domain(parts[0], name, path, errors);
            }
            user(parts[parts.length - 1], name, path, errors);
        }
    }

    private static void domain(String domain, String name, String path, FieldErrors errors) {
        if (domain.length() >= 256) {
            errors.invalid(path, name, "runAsUserName's Domain length must be under 256 characters");
        }
        if (!NET_BIOS.matcher(domain).matches() && !DOMAIN.matcher(domain).matches()) {
            errors.invalid(path, name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private static void user(String user, String name, String path, FieldErrors errors) {
        if (user.isEmpty()) {
            errors.invalid(path, name, "runAsUserName's User cannot be empty");
        } else if (user.length() > 104) {
            errors.invalid(path, name, "runAsUserName's User length must not be longer than 104 characters");
        }
        if (user.matches("[. ]+")) {
            errors.invalid(path, name, "runAsUserName's User cannot contain only periods or spaces");
        }
        if (REFUSED.matcher(user).find()) {
            errors.invalid(
                    path, name, "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
        }
    }
}
