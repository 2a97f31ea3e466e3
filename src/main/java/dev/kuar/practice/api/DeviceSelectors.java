package dev.kuar.practice.api;

import dev.kuar.practice.cel.DeviceExpression;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether what selects devices can be compiled at all. */
final class DeviceSelectors {
    private static final int LONGEST = 10 * 1024;

    private DeviceSelectors() {}

    /** Errors of all selectors of the requests. */
    static List<Map<String, Object>> errorsOfRequests(List<Map<String, Object>> requests, String field) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            KubeObject request = KubeObject.of(requests.get(i));
            String here = field + "[" + i + "]";
            errors.addAll(errors(request.maps("exactly", "selectors"), here + ".exactly.selectors"));
            List<Map<String, Object>> alternatives = request.maps("firstAvailable");
            for (int j = 0; j < alternatives.size(); j++) {
                errors.addAll(errors(
                        KubeObject.of(alternatives.get(j)).maps("selectors"),
                        here + ".firstAvailable[" + j + "].selectors"));
            }
        }
        return errors;
    }

    static List<Map<String, Object>> errors(List<Map<String, Object>> selectors, String field) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (int i = 0; i < selectors.size(); i++) {
            String text = KubeObject.of(selectors.get(i)).text("cel", "expression");
            String here = field + "[" + i + "].cel.expression";
            if (text.length() > LONGEST) {
                errors.add(Statuses.cause(
                        "FieldValueTooLong", "Too long: may not be more than " + LONGEST + " bytes", here));
                continue;
            }
            String fault = selectors.get(i).get("cel") == null ? null : DeviceExpression.fault(text);
            if (fault != null) {
                errors.add(Statuses.cause(
                        "FieldValueInvalid", "Invalid value: " + JsonWriter.text(text) + ": " + fault, here));
            }
        }
        return errors;
    }
}
