package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** What is asked of services that no line of a rule file can say; the place of most is the whole service. */
final class ServiceChecks extends CheckSet {
    private static final String NONE = "None";

    ServiceChecks() {
        put("service-ports-needed", (place, words, errors) -> {
            KubeObject service = KubeObject.of(place.root());
            if (!isHeadless(service) && !type(service).equals("ExternalName")) {
                errors.required("spec.ports", "");
            }
        });
        put("service-address", ServiceChecks::address);
        put("service-port-name", (place, words, errors) -> {
            boolean several = KubeObject.of(place.root()).maps("spec", "ports").size() > 1;
            if (place.isEmpty()) {
                if (several) {
                    errors.required(place.path(), "");
                }
                return;
            }
            errors.syntax(place.path(), place.text(), Syntax.label(place.text()));
            if (place.earlier("name").contains(place.value())) {
                errors.duplicate(place.path(), place.value());
            }
        });
        // Of a list of ports: each has a name where there are several.
        put("endpoint-port-name", (place, words, errors) -> {
            boolean several = place.siblings() > 1;
            if (place.isEmpty() && several) {
                errors.required(place.path(), "");
            } else if (!place.isEmpty()) {
                errors.syntax(place.path(), place.text(), Syntax.label(place.text()));
            }
        });
        put(
                "port-set",
                (place, words, errors) ->
                        errors.between(place.path(), place.value() == null ? 0L : place.value(), 1, 65535));
        put("service-families", ServiceFamilies::check);
        // [or-none]: says of what is no address that it is none.
        value("usual-ip", (place, words, errors) -> {
            Addresses.special(place.text()).ifPresent(why -> errors.invalid(place.path(), place.text(), why));
            if (!words.isEmpty() && !Addresses.isIp(place.text())) {
                errors.invalid(place.path(), place.text(), "must be a valid IP address");
            }
        });
        put("service-ports-twice", ServiceChecks::twice);
        value("source-ranges", ServiceChecks::ranges);
        value(
                "qualified-name-present",
                (place, words, errors) ->
                        errors.syntax(place.path(), place.text(), Syntax.qualifiedName(place.text())));
        put("service-traffic", ServiceChecks::traffic);
        put("service-address-kept", ServiceFamilies::kept);
        put("class-kept", (place, words, errors) -> {
            boolean was = KubeObject.of(place.before()).text("spec", "type").equals("LoadBalancer");
            if (was && !Objects.equals(place.value(), place.old())) {
                errors.invalid(place.path(), place.value(), "may not change once set");
            }
        });
    }

    static String type(KubeObject service) {
        return service.text("spec", "type");
    }

    static boolean isHeadless(KubeObject service) {
        return service.texts("spec", "clusterIPs").equals(List.of(NONE))
                || service.texts("spec", "clusterIPs").isEmpty()
                        && service.text("spec", "clusterIP").equals(NONE);
    }

    private static void address(Place place, List<String> words, FieldErrors errors) {
        KubeObject service = KubeObject.of(place.root());
        String type = type(service);
        if (type.equals("LoadBalancer") || type.equals("NodePort")) {
            if (isHeadless(service)) {
                errors.invalid("spec.clusterIPs[0]", NONE, "may not be set to 'None' for " + type + " services");
            }
        } else if (type.equals("ExternalName")) {
            for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
                if (service.at("spec", field) != null) {
                    errors.forbidden("spec." + field, "may not be set for ExternalName services");
                }
            }
            String name = service.text("spec", "externalName").replaceFirst("\\.$", "");
            if (name.isEmpty()) {
                errors.required("spec.externalName", "");
            } else {
                errors.syntax("spec.externalName", name, Syntax.subdomain(name));
            }
        }
    }

    private static void twice(Place place, List<String> words, FieldErrors errors) {
        List<Map<String, Object>> ports = KubeObject.of(place.root()).maps("spec", "ports");
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            KubeObject port = KubeObject.of(ports.get(i));
            long number = port.number(0, "nodePort");
            if (number != 0 && !nodePorts.add(port.text("protocol") + number)) {
                errors.duplicate("spec.ports[" + i + "].nodePort", number);
            }
        }
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            KubeObject port = KubeObject.of(ports.get(i));
            if (!taken.add(port.text("protocol") + port.number(0, "port"))) {
                errors.duplicateShown(
                        "spec.ports[" + i + "]",
                        GoStructs.line(
                                "ServicePort",
                                Map.of("protocol", port.text("protocol"), "port", port.number(0, "port"))));
            }
        }
    }

    private static void ranges(Place place, List<String> words, FieldErrors errors) {
        List<String> ranges = KubeObject.of(place.holder()).texts("loadBalancerSourceRanges");
        IntStream.range(0, ranges.size()).forEach(i -> {
            String range = ranges.get(i).strip();
            errors.syntax("spec.LoadBalancerSourceRanges[" + i + "]", range, Addresses.wrongCidr(range));
        });
    }

    /** Which traffic a service from outside takes, and where its health is asked. */
    private static void traffic(Place place, List<String> words, FieldErrors errors) {
        KubeObject service = KubeObject.of(place.root());
        String type = type(service);
        String policy = service.text("spec", "externalTrafficPolicy");
        boolean outside = type.equals("LoadBalancer")
                || type.equals("NodePort")
                || type.equals("ClusterIP")
                        && !service.texts("spec", "externalIPs").isEmpty();
        if (!outside && !policy.isEmpty()) {
            errors.invalid("spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        } else if (outside && !policy.isEmpty()) {
            errors.oneOf("spec.externalTrafficPolicy", policy, List.of("Cluster", "Local"));
        }
        long health = service.number(0, "spec", "healthCheckNodePort");
        if (health != 0 && !(type.equals("LoadBalancer") && policy.equals("Local"))) {
            errors.invalid(
                    "spec.healthCheckNodePort",
                    health,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        } else if (health != 0) {
            errors.between("spec.healthCheckNodePort", health, 1, 65535);
        }
    }
}
