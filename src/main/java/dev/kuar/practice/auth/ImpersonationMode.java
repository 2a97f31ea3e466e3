package dev.kuar.practice.auth;

import dev.kuar.practice.object.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the ways in which a user may act as another. All but the last need two things: to be allowed to do what is asked as
 * somebody else ({@code impersonate-on:MODE:VERB}), and to act as this user ({@code impersonate:MODE}).
 */
enum ImpersonationMode {
    ASSOCIATED_NODE("associated-node"),
    ARBITRARY_NODE("arbitrary-node"),
    SERVICE_ACCOUNT("serviceaccount"),
    USER_INFO("user-info"),
    LEGACY("");

    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String NODE_OF_ACCOUNT = "authentication.kubernetes.io/node-name";

    private final String word;

    ImpersonationMode(String word) {
        this.word = word;
    }

    /** Whether it is about such a user at all. */
    boolean isFor(UserInfo requestor, Impersonation wanted) {
        boolean nameAlone = wanted.uid().isEmpty()
                && wanted.groups().isEmpty()
                && wanted.extra().isEmpty();
        String node = UserNames.node(wanted.user());
        boolean account = UserNames.isAccount(wanted.user());
        return switch (this) {
            case ASSOCIATED_NODE ->
                nameAlone
                        && !node.isEmpty()
                        && UserNames.isAccount(requestor.name())
                        && List.of(node).equals(requestor.extra().get(NODE_OF_ACCOUNT));
            case ARBITRARY_NODE -> nameAlone && !node.isEmpty();
            case SERVICE_ACCOUNT -> nameAlone && account;
            case USER_INFO -> node.isEmpty() && !account;
            case LEGACY -> true;
        };
    }

    /** {@code impersonate:MODE}; of the old mode {@code impersonate}. */
    String verb() {
        return this == LEGACY ? "impersonate" : "impersonate:" + word;
    }

    /** @throws ApiException 403 where it is not allowed */
    Impersonated check(Authorizer authorizer, UserInfo requestor, Impersonation wanted, Access then) {
        if (this != LEGACY) {
            require(authorizer, then.by(requestor).as("impersonate-on:" + word + ":" + then.verb()));
        }
        user(authorizer, requestor, wanted);
        if (!wanted.uid().isEmpty()) {
            require(authorizer, access(requestor, AUTHENTICATION, "uids", "", "", wanted.uid()));
        }
        groups(authorizer, requestor, wanted.groups());
        extra(authorizer, requestor, wanted.extra());
        UserInfo user = new UserInfo(wanted.user(), wanted.uid(), groupsOf(wanted), wanted.extra());
        return new Impersonated(user, this == LEGACY ? "" : verb());
    }

    private void user(Authorizer authorizer, UserInfo requestor, Impersonation wanted) {
        String name = wanted.user();
        String node = this == LEGACY ? "" : UserNames.node(name);
        if (UserNames.isAccount(name)) {
            String[] account = UserNames.account(name);
            require(authorizer, access(requestor, group(), "serviceaccounts", "", account[0], account[1]));
        } else if (node.isEmpty()) {
            require(authorizer, access(requestor, group(), "users", "", "", name));
        } else {
            require(authorizer, access(requestor, group(), "nodes", "", "", this == ASSOCIATED_NODE ? "*" : node));
        }
    }

    private void groups(Authorizer authorizer, UserInfo requestor, List<String> groups) {
        if (this != LEGACY) {
            if (groups.contains("")) {
                throw access(requestor, group(), "groups", "", "", "")
                        .refusal("impersonating the empty string group is not allowed");
            }
            if (groups.contains("system:masters")) {
                throw access(requestor, group(), "groups", "", "", "system:masters")
                        .refusal("impersonating the system:masters group is not allowed");
            }
        }
        groups.forEach(each -> require(authorizer, access(requestor, group(), "groups", "", "", each)));
    }

    private void extra(Authorizer authorizer, UserInfo requestor, Map<String, List<String>> extra) {
        String wrong = this == LEGACY ? "" : ExtraKeys.wrong(extra);
        if (!wrong.isEmpty()) {
            throw access(requestor, AUTHENTICATION, "userextras", "", "", "").refusal(wrong);
        }
        extra.forEach((key, values) -> values.forEach(
                value -> require(authorizer, access(requestor, AUTHENTICATION, "userextras", key, "", value))));
    }

    /** What is asked for, and what every such user is in. */
    private List<String> groupsOf(Impersonation wanted) {
        List<String> groups = new ArrayList<>(wanted.groups());
        if (groups.isEmpty() && UserNames.isAccount(wanted.user())) {
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + UserNames.account(wanted.user())[0]);
        } else if (this != LEGACY && !UserNames.node(wanted.user()).isEmpty()) {
            groups.add("system:nodes");
        }
        String unknown = "system:unauthenticated";
        String always = wanted.user().equals("system:anonymous") ? unknown : "system:authenticated";
        if (!groups.contains(always) && !groups.contains(unknown)) {
            groups.add(always);
        }
        return groups;
    }

    /** Of users, groups and what else is named as its mode names it. */
    private String group() {
        return this == LEGACY ? "" : AUTHENTICATION;
    }

    private Access access(
            UserInfo user, String group, String resource, String subresource, String namespace, String name) {
        return new Access(user, verb(), group, resource, subresource, namespace, name, "");
    }

    private static void require(Authorizer authorizer, Access access) {
        if (authorizer.allows(access) == null) {
            throw access.refusal();
        }
    }
}
