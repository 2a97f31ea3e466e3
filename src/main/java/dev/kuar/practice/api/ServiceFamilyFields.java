package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Completes and judges a Service's families of IP, in a cluster that gives addresses of IPv4 alone. */
final class ServiceFamilyFields {
    private static final String SINGLE = "SingleStack";
    private static final String PREFER = "PreferDualStack";
    private static final String REQUIRE = "RequireDualStack";
    private static final String IPV4 = "IPv4";

    private final Parts parts;

    ServiceFamilyFields(Parts parts) {
        this.parts = parts;
    }

    /** @param old null for a new one */
    void complete(KubeObject service, @Nullable KubeObject old) {
        if (ServiceFields.isElsewhere(service) || old != null && preferredBoth(service, old)) {
            return;
        }
        boolean unselected = service.text("spec", "clusterIP").equals("None")
                && service.map("spec", "selector").isEmpty();
        if (service.text("spec", "ipFamilyPolicy").isEmpty()) {
            String was = old == null ? "" : old.text("spec", "ipFamilyPolicy");
            service.set(was.isEmpty() ? unselected ? REQUIRE : SINGLE : was, "spec", "ipFamilyPolicy");
        }
        refuse(service, parts.schema().familyErrors(service));
        List<Map<String, Object>> causes = new ArrayList<>();
        if (old != null) {
            reduce(service, old, causes);
        }
        count(service, causes);
        follow(service, causes);
        refuse(service, causes);
        List<Object> families = new ArrayList<>(service.texts("spec", "ipFamilies"));
        if (families.isEmpty()) {
            families.add(IPV4);
        }
        if (unselected) {
            if (families.size() < 2 && !policy(service).equals(SINGLE)) {
                families.add(families.get(0).equals(IPV4) ? "IPv6" : IPV4);
            }
        } else {
            refuse(service, unserved(service));
        }
        service.set(families, "spec", "ipFamilies");
    }

    /** Then nothing of it is looked at, so that what changes it a step at a time may. */
    private static boolean preferredBoth(KubeObject service, KubeObject old) {
        return policy(service).equals(PREFER)
                && Set.of("", PREFER).contains(policy(old))
                && service.text("spec", "type").equals(old.text("spec", "type"))
                && same(service, old, "clusterIPs")
                && same(service, old, "ipFamilies");
    }

    private static boolean same(KubeObject service, KubeObject old, String field) {
        return service.texts("spec", field).equals(old.texts("spec", field));
    }

    private static String policy(KubeObject service) {
        return service.text("spec", "ipFamilyPolicy");
    }

    private static void reduce(KubeObject service, KubeObject old, List<Map<String, Object>> causes) {
        for (String field : List.of("clusterIPs", "ipFamilies")) {
            List<String> values = service.texts("spec", field);
            if (policy(service).equals(SINGLE)) {
                if (same(service, old, field) && values.size() > 1) {
                    service.set(new ArrayList<Object>(values.subList(0, 1)), "spec", field);
                }
            } else if (!values.isEmpty()
                    && values.size() < old.texts("spec", field).size()) {
                String what = field.equals("clusterIPs") ? "cluster IP" : "IP family";
                causes.add(wrongPolicy(service, "must be 'SingleStack' to release the secondary " + what));
            }
        }
    }

    private static void count(KubeObject service, List<Map<String, Object>> causes) {
        if (!policy(service).equals(SINGLE)) {
            return;
        }
        String needed = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
        if (service.texts("spec", "clusterIPs").size() == 2) {
            causes.add(wrongPolicy(service, needed + "cluster IPs are specified"));
        }
        if (service.texts("spec", "ipFamilies").size() == 2) {
            causes.add(wrongPolicy(service, needed + "IP families are specified"));
        }
    }

    /** Addresses that are asked for say their families. */
    private static void follow(KubeObject service, List<Map<String, Object>> causes) {
        List<Object> families = new ArrayList<>(service.texts("spec", "ipFamilies"));
        List<String> addresses = service.texts("spec", "clusterIPs");
        for (int i = 0; i < addresses.size() && !addresses.get(i).equals("None"); i++) {
            boolean four = !addresses.get(i).contains(":");
            if (i < families.size()) {
                continue;
            }
            if (four) {
                families.add(IPV4);
            } else {
                causes.add(wrong("clusterIPs[" + i + "]", shown(addresses), "IPv6 is not configured on this cluster"));
            }
        }
        if (!families.isEmpty()) {
            service.set(families, "spec", "ipFamilies");
        }
    }

    private static List<Map<String, Object>> unserved(KubeObject service) {
        List<Map<String, Object>> causes = new ArrayList<>();
        if (policy(service).equals(REQUIRE)) {
            causes.add(wrongPolicy(service, "this cluster is not configured for dual-stack services"));
        }
        List<String> families = service.texts("spec", "ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            if (!families.get(i).equals(IPV4)) {
                causes.add(wrong(
                        "ipFamilies[" + i + "]", "\"" + families.get(i) + "\"", "not configured on this cluster"));
            }
        }
        return causes;
    }

    private static Map<String, Object> wrongPolicy(KubeObject service, String why) {
        return wrong("ipFamilyPolicy", "\"" + policy(service) + "\"", why);
    }

    static Map<String, Object> wrong(String field, String shown, String why) {
        return Statuses.cause("FieldValueInvalid", "Invalid value: " + shown + ": " + why, "spec." + field);
    }

    /** As JSON. */
    static String shown(List<String> texts) {
        return "["
                + String.join(
                        ",", texts.stream().map(text -> "\"" + text + "\"").toList()) + "]";
    }

    static void refuse(KubeObject service, List<Map<String, Object>> causes) {
        if (!causes.isEmpty()) {
            throw Statuses.invalid("", "Service", service.name(), causes);
        }
    }
}
