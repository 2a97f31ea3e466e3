package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.Base64;
import java.util.List;

/** What devices, what asks for them, and API services are asked. */
final class DeviceChecks extends CheckSet {
    DeviceChecks() {
        devices();
        services();
    }

    private void devices() {
        // The name of a request of the claim, or of one and, after a slash, of a choice in it.
        value("device-request-name", (place, words, errors) -> {
            List<String> segments = List.of(place.text().split("/", -1));
            if (segments.size() <= 2) {
                segments.forEach(each -> errors.syntax(place.path(), each, Syntax.label(each)));
            }
            if (segments.size() > 2 || !isRequest(KubeObject.of(place.root()), segments)) {
                errors.invalid(
                        place.path(),
                        place.text(),
                        "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'");
            }
        });
        value("pool-name", (place, words, errors) -> {
            if (Syntax.bytes(place.text()) > 253) {
                errors.tooLong(place.path(), 253);
            }
            if (!place.text().isEmpty()) {
                for (String each : place.text().split("/", -1)) {
                    errors.syntax(place.path(), each, Syntax.subdomain(each));
                }
            }
        });
        // FIELD...: exactly one of them is set, to something other than false.
        value("slice-nodes", (place, words, errors) -> {
            List<String> set = words.stream()
                    .filter(each -> isSet(place.object(), each))
                    .map(DeviceChecks::quoted)
                    .toList();
            String said = "exactly one of "
                    + String.join(", ", words.stream().map(DeviceChecks::quoted).toList()) + " is required";
            if (set.isEmpty()) {
                errors.required(place.path(), said);
            } else if (set.size() > 1) {
                errors.invalid(
                        place.path(), "{" + String.join(", ", set) + "}", said + ", but multiple fields are set");
            }
        });
    }

    private static String quoted(String field) {
        return "`" + field + "`";
    }

    private static boolean isSet(KubeObject spec, String field) {
        Object value = spec.at(field);
        return value != null && !value.equals("") && !value.equals(false);
    }

    private static boolean isRequest(KubeObject claim, List<String> segments) {
        return claim.maps("requests").stream()
                .map(KubeObject::of)
                .filter(each -> each.text("name").equals(segments.get(0)))
                .anyMatch(each -> segments.size() == 1
                        || each.maps("firstAvailable").stream()
                                .anyMatch(choice -> segments.get(1).equals(choice.get("name"))));
    }

    private void services() {
        value("api-service-name", (place, words, errors) -> {
            String name = place.object().name();
            String wanted = place.object().text("spec", "version") + "."
                    + place.object().text("spec", "group");
            if (Syntax.pathSegment(name).isEmpty() && !name.isEmpty() && !name.equals(wanted)) {
                errors.invalid(
                        "metadata.name", name, "must be `spec.version+\".\"+spec.group`: " + FieldErrors.shown(wanted));
            }
        });
        // LEAST MOST "text": also where nothing is set, which is 0 in Go.
        put("between-set", (place, words, errors) -> {
            long number = place.value() instanceof Long value ? value : 0;
            if (number < Long.parseLong(words.get(0)) || number > Long.parseLong(words.get(1))) {
                errors.invalid(place.path(), number, words.get(2));
            }
        });
        value("bundle-of-none", (place, words, errors) -> {
            if (!place.text().isEmpty()) {
                int length = Base64.getMimeDecoder().decode(place.text()).length;
                errors.invalid(place.path(), length + " bytes", words.get(0));
            }
        });
    }
}
