package dev.kuar.practice.auth;

import java.util.regex.Pattern;

/** Names of users that stand for nodes and service accounts. */
final class UserNames {
    private static final String NODE = "system:node:";
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern ACCOUNT = Pattern.compile(
            "system:serviceaccount:([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?):(" + SUBDOMAIN.pattern() + ")");

    private UserNames() {}

    /** The node's name; empty where the user is no node. */
    static String node(String user) {
        String name = user.startsWith(NODE) ? user.substring(NODE.length()) : "";
        return name.length() <= 253 && SUBDOMAIN.matcher(name).matches() ? name : "";
    }

    static boolean isAccount(String user) {
        return ACCOUNT.matcher(user).matches();
    }

    /** Namespace and name of a service account. */
    static String[] account(String user) {
        return user.split(":", -1).length < 4
                ? new String[] {"", ""}
                : new String[] {user.split(":", -1)[2], user.split(":", -1)[3]};
    }
}
