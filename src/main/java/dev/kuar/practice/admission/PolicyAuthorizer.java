package dev.kuar.practice.admission;

import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.RbacAuthorizer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.cel.Authorizer;
import dev.kuar.practice.object.ClusterReader;
import java.util.Map;

/** Lets the expressions of policies ask what the request's user, or a service account, may do. */
final class PolicyAuthorizer implements Authorizer {
    private final RbacAuthorizer rights;
    private final UserInfo user;

    PolicyAuthorizer(ClusterReader reader, UserInfo user) {
        this.rights = new RbacAuthorizer(reader);
        this.user = user;
    }

    @Override
    public Decision decide(Map<String, String> check) {
        String account = check.get("account");
        String home = check.getOrDefault("accountNamespace", "");
        UserInfo who = account == null
                ? user
                : UserInfo.of(
                        "system:serviceaccount:" + home + ":" + account,
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + home,
                        "system:authenticated");
        String reason = rights.allows(new Access(
                who,
                check.getOrDefault("verb", ""),
                check.getOrDefault("group", ""),
                check.getOrDefault("resource", ""),
                check.getOrDefault("subresource", ""),
                check.getOrDefault("namespace", ""),
                check.getOrDefault("name", ""),
                check.getOrDefault("path", "")));
        return new Decision(reason != null, reason == null ? "" : reason);
    }
}
