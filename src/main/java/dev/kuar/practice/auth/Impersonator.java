package dev.kuar.practice.auth;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets users act as others where RBAC allows it; refusals speak of constrained impersonation, as upstream's do. */
public final class Impersonator {
    private final Authorizer authorizer;

    public Impersonator(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /**
     * The user that {@code user} becomes.
     *
     * @param then what will be asked as that user
     * @throws ApiException 400 for groups without a user, 403 where something is not allowed
     */
    public Impersonated impersonate(UserInfo user, Impersonation wanted, Access then) {
        if (wanted.user().isEmpty()) {
            throw Statuses.badRequest("requested &user.DefaultInfo{Name:\"\", UID:\"" + wanted.uid()
                    + "\", Groups:" + goList(wanted.groups()) + ", Extra:" + goMap(wanted.extra())
                    + "} without impersonating a user name");
        }
        @Nullable ApiException first = null;
        for (ImpersonationMode mode : ImpersonationMode.values()) {
            if (mode.isFor(user, wanted)) {
                try {
                    return mode.check(authorizer, user, wanted, then);
                } catch (ApiException refused) {
                    first = first == null ? refused : first;
                }
            }
        }
        throw Objects.requireNonNull(first);
    }

    private static String goList(List<String> texts) {
        if (texts.isEmpty()) {
            return "[]string(nil)";
        }
        return "[]string{"
                + String.join(", ", texts.stream().map(t -> "\"" + t + "\"").toList()) + "}";
    }

    private static String goMap(Map<String, List<String>> map) {
        if (map.isEmpty()) {
            return "map[string][]string(nil)";
        }
        List<String> parts = new ArrayList<>();
        map.forEach((key, values) -> parts.add("\"" + key + "\":" + goList(values)));
        return "map[string][]string{" + String.join(", ", parts) + "}";
    }
}
