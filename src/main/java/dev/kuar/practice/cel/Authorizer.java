package dev.kuar.practice.cel;

import java.util.Map;

/** What {@code authorizer} is to an expression: tells whether the request's user, or an account, may do something. */
public interface Authorizer {
    /**
     * An answer.
     *
     * @param allowed whether it may be done
     * @param reason why, where that is known
     */
    record Decision(boolean allowed, String reason) {}

    /**
     * Whether it may be done.
     *
     * @param check {@code verb}, and {@code path}, or {@code group}, {@code resource}, {@code subresource}, {@code namespace},
     *     {@code name}; {@code account} and {@code accountNamespace} where a service account is asked about
     */
    Decision decide(Map<String, String> check);

    /** The value of an expression that asks {@code authorizer} about what is known already: {@code x.check('get').allowed()}. */
    static Object about(Authorizer authorizer, Map<String, String> known) {
        return new AuthorizerFunctions.Check(authorizer, Map.copyOf(known));
    }
}
