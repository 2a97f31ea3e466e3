package dev.kuar.practice.auth;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets users act as others where RBAC allows it; refusals speak of constrained impersonation, as upstream's do. */
public final class Impersonator {
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String ACCOUNT = "system:serviceaccount:";

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
    public UserInfo impersonate(UserInfo user, Impersonation wanted, Access then) {
        if (!wanted.isWanted()) {
            return user;
        }
        if (wanted.user().isEmpty()) {
            throw Statuses.badRequest("requested &user.DefaultInfo{Name:\"\", UID:\"" + wanted.uid()
                    + "\", Groups:" + goList(wanted.groups()) + ", Extra:" + goMap(wanted.extra())
                    + "} without impersonating a user name");
        }
        for (Access access : needed(user, wanted)) {
            if (authorizer.allows(access) == null) {
                throw new Access(
                                user,
                                "impersonate-on:user-info:" + then.verb(),
                                then.group(),
                                then.resource(),
                                then.subresource(),
                                then.namespace(),
                                then.name(),
                                then.path())
                        .refusal();
            }
        }
        return new UserInfo(wanted.user(), wanted.uid(), groups(wanted), wanted.extra());
    }

    private static List<Access> needed(UserInfo user, Impersonation wanted) {
        List<Access> needed = new ArrayList<>();
        String name = wanted.user();
        if (name.startsWith(ACCOUNT) && name.indexOf(':', ACCOUNT.length()) > 0) {
            int colon = name.indexOf(':', ACCOUNT.length());
            needed.add(access(
                    user,
                    "",
                    "serviceaccounts",
                    "",
                    name.substring(ACCOUNT.length(), colon),
                    name.substring(colon + 1)));
        } else {
            needed.add(access(user, "", "users", "", "", name));
        }
        wanted.groups().forEach(group -> needed.add(access(user, "", "groups", "", "", group)));
        wanted.extra()
                .forEach((key, values) -> values.forEach(
                        value -> needed.add(access(user, AUTHENTICATION, "userextras", key, "", value))));
        if (!wanted.uid().isEmpty()) {
            needed.add(access(user, AUTHENTICATION, "uids", "", "", wanted.uid()));
        }
        return needed;
    }

    private static Access access(
            UserInfo user, String group, String resource, String subresource, String namespace, String name) {
        return new Access(user, "impersonate", group, resource, subresource, namespace, name, "");
    }

    private static List<String> groups(Impersonation wanted) {
        List<String> groups = new ArrayList<>(wanted.groups());
        String name = wanted.user();
        if (groups.isEmpty() && name.startsWith(ACCOUNT)) {
            String namespace = name.substring(ACCOUNT.length()).split(":", 2)[0];
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + namespace);
        }
        String always = name.equals("system:anonymous") ? "system:unauthenticated" : "system:authenticated";
        if (!groups.contains(always)) {
            groups.add(always);
        }
        return groups;
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
