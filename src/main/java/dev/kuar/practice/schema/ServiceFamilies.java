package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The addresses of a service, of one family of IP or of both. */
public final class ServiceFamilies {
    private static final String KEPT = "may not change once set";

    private ServiceFamilies() {}

    /** What is wrong with them, as causes of a Status. */
    public static List<Map<String, Object>> errors(KubeObject service) {
        FieldErrors errors = new FieldErrors();
        check(service, errors);
        return errors.causes();
    }

    static void check(Place place, List<String> words, FieldErrors errors) {
        check(KubeObject.of(place.root()), errors);
    }

    private static void check(KubeObject service, FieldErrors errors) {
        if (ServiceChecks.type(service).equals("ExternalName")) {
            return;
        }
        List<String> addresses = service.texts("spec", "clusterIPs");
        Object shown = service.at("spec", "clusterIPs");
        String address = service.text("spec", "clusterIP");
        if (!address.isEmpty() && !addresses.isEmpty() && !addresses.get(0).equals(address)) {
            errors.invalid("spec.clusterIPs", shown, "first value must match `clusterIP`");
        } else if (address.isEmpty() && !addresses.isEmpty()) {
            errors.invalid("spec.clusterIPs", shown, "must be empty when `clusterIP` is not specified");
        }
        families(service, errors);
        int before = errors.causes().size();
        for (int i = 0; i < addresses.size(); i++) {
            if (i == 0 && addresses.get(0).equals("None")) {
                if (addresses.size() > 1) {
                    errors.invalid("spec.clusterIPs", shown, "'None' must be the first and only value");
                }
            } else {
                errors.syntax("spec.clusterIPs[" + i + "]", addresses.get(i), Addresses.wrongIp(addresses.get(i)));
            }
        }
        boolean wrong = errors.causes().size() > before;
        if (addresses.size() > 2) {
            errors.invalid("spec.clusterIPs", shown, "may only hold up to 2 values");
        }
        if (wrong || addresses.isEmpty()) {
            return;
        }
        if (addresses.size() > 1
                && addresses.stream().map(Addresses::isV4).distinct().count() < 2) {
            errors.invalid("spec.clusterIPs", shown, "may specify no more than one IP for each IP family");
        }
        List<String> families = service.texts("spec", "ipFamilies");
        for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
            String family = Addresses.isV4(addresses.get(i)) ? "IPv4" : "IPv6";
            if (!addresses.get(i).equals("None")
                    && Set.of("IPv4", "IPv6").contains(families.get(i))
                    && !family.equals(families.get(i))) {
                errors.invalid(
                        "spec.clusterIPs[" + i + "]",
                        addresses.get(i),
                        "expected an " + families.get(i) + " value as indicated by `ipFamilies[" + i + "]`");
            }
        }
    }

    private static void families(KubeObject service, FieldErrors errors) {
        List<String> families = service.texts("spec", "ipFamilies");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < families.size(); i++) {
            errors.oneOf("spec.ipFamilies[" + i + "]", families.get(i), List.of("IPv4", "IPv6"));
            if (!seen.add(families.get(i))) {
                errors.duplicate("spec.ipFamilies[" + i + "]", families.get(i));
            }
        }
        errors.oneOf(
                "spec.ipFamilyPolicy",
                service.at("spec", "ipFamilyPolicy"),
                List.of("PreferDualStack", "RequireDualStack", "SingleStack"));
    }

    static void kept(Place place, List<String> words, FieldErrors errors) {
        KubeObject now = KubeObject.of(place.root());
        KubeObject old = KubeObject.of(place.before());
        if (ServiceChecks.type(now).equals("ExternalName")
                || ServiceChecks.type(old).equals("ExternalName")) {
            return;
        }
        boolean headless = ServiceChecks.isHeadless(now);
        boolean wasHeadless = ServiceChecks.isHeadless(old);
        if (!(headless && wasHeadless)) {
            addresses(now, old, errors);
        }
        if (!headless && !wasHeadless) {
            families(now, old, errors);
        }
    }

    private static void addresses(KubeObject now, KubeObject old, FieldErrors errors) {
        List<String> addresses = now.texts("spec", "clusterIPs");
        List<String> before = old.texts("spec", "clusterIPs");
        Object shown = now.at("spec", "clusterIPs");
        if (before.size() == addresses.size()) {
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(addresses.get(i))) {
                    errors.invalid("spec.clusterIPs[" + i + "]", shown, KEPT);
                }
            }
        } else if (addresses.isEmpty()) {
            errors.invalid("spec.clusterIPs[0]", shown, "primary clusterIP can not be unset");
        } else if (!before.isEmpty() && !addresses.get(0).equals(before.get(0))) {
            errors.invalid("spec.clusterIPs[0]", shown, KEPT);
        }
        if (before.size() > addresses.size() && addresses.size() == 1) {
            single(now, "clusterIP", errors);
        }
    }

    private static void families(KubeObject now, KubeObject old, FieldErrors errors) {
        List<String> families = now.texts("spec", "ipFamilies");
        List<String> before = old.texts("spec", "ipFamilies");
        Object shown = now.at("spec", "ipFamilies");
        if (before.size() == families.size()) {
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(families.get(i))) {
                    errors.invalid("spec.ipFamilies[0]", shown, KEPT);
                }
            }
            return;
        }
        if (before.size() > families.size() && now.texts("spec", "clusterIPs").isEmpty()) {
            errors.invalid("spec.ipFamilies[0]", shown, "primary ipFamily can not be unset");
        }
        if (!before.isEmpty() && !families.isEmpty() && !Objects.equals(before.get(0), families.get(0))) {
            errors.invalid("spec.ipFamilies[0]", now.at("spec", "clusterIPs"), KEPT);
        }
        if (before.size() > families.size() && families.size() == 1) {
            single(now, "ipFamily", errors);
        }
    }

    private static void single(KubeObject now, String what, FieldErrors errors) {
        if (!now.text("spec", "ipFamilyPolicy").equals("SingleStack")) {
            errors.invalid(
                    "spec.ipFamilyPolicy",
                    now.at("spec", "ipFamilyPolicy"),
                    "must be set to 'SingleStack' when releasing the secondary " + what);
        }
    }
}
