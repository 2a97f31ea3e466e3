package dev.kuar.practice.auth;

import java.util.List;
import java.util.Map;

/**
 * Who makes a request.
 *
 * @param name for instance {@code system:serviceaccount:default:default}
 * @param uid empty where there is none
 * @param groups in the order that authentication gave
 * @param extra lower-case key to values
 */
public record UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    public UserInfo {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    public static UserInfo of(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }
}
