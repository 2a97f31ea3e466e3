package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.AUTHORIZER;
import static dev.kuar.practice.cel.FunctionSet.CHECK;
import static dev.kuar.practice.cel.FunctionSet.DECISION;
import static dev.kuar.practice.cel.FunctionSet.TEXT;
import static dev.kuar.practice.cel.FunctionSet.TRUTH;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code authorizer.group('apps').resource('deployments').check('create').allowed()} and its like. */
final class AuthorizerFunctions {
    private AuthorizerFunctions() {}

    /** What is being asked about, so far. */
    record Check(Authorizer authorizer, Map<String, String> about) {
        Check with(String key, Object value) {
            Map<String, String> more = new HashMap<>(about);
            more.put(key, String.valueOf(value));
            return new Check(authorizer, Map.copyOf(more));
        }
    }

    static void addTo(FunctionSet set) {
        set.member("path", CHECK, List.of(AUTHORIZER, TEXT), a -> begin(a[0]).with("path", a[1]));
        set.member("group", CHECK, List.of(AUTHORIZER, TEXT), a -> begin(a[0]).with("group", a[1]));
        set.member("serviceAccount", AUTHORIZER, List.of(AUTHORIZER, TEXT, TEXT), a -> {
            Authorizer authorizer = (Authorizer) a[0];
            return (Authorizer) check -> {
                Map<String, String> more = new HashMap<>(check);
                more.put("accountNamespace", String.valueOf(a[1]));
                more.put("account", String.valueOf(a[2]));
                return authorizer.decide(more);
            };
        });
        for (String step : List.of("resource", "subresource", "namespace", "name", "fieldSelector", "labelSelector")) {
            set.member(step, CHECK, List.of(CHECK, TEXT), a -> ((Check) a[0]).with(step, a[1]));
        }
        set.member("check", DECISION, List.of(CHECK, TEXT), a -> {
            Check check = ((Check) a[0]).with("verb", a[1]);
            return check.authorizer().decide(check.about());
        });
        set.member("allowed", TRUTH, List.of(DECISION), a -> ((Authorizer.Decision) a[0]).allowed());
        set.member("reason", TEXT, List.of(DECISION), a -> ((Authorizer.Decision) a[0]).reason());
        set.member("errored", TRUTH, List.of(DECISION), a -> false);
        set.member("error", TEXT, List.of(DECISION), a -> "");
    }

    private static Check begin(Object authorizer) {
        return new Check((Authorizer) authorizer, Map.of());
    }
}
