package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** CertificateSigningRequests: the server says who asks, nobody changes what was asked, approvals carry their time. */
final class SigningRequestStrategy implements Strategy {
    private final UnaryOperator<String> faults;

    /** @param faults what is wrong with a PEM certificate request; empty where nothing is */
    SigningRequestStrategy(UnaryOperator<String> faults) {
        this.faults = faults;
    }

    @Override
    public List<Map<String, Object>> errors(Write write) {
        if (write.old() != null) {
            return List.of();
        }
        String request = write.object().text("spec", "request");
        String fault = faults.apply(new String(Base64.getDecoder().decode(request), StandardCharsets.US_ASCII));
        String shown = request.isEmpty() ? "null" : "\"" + request + "\"";
        return fault.isEmpty()
                ? List.of()
                : List.of(
                        Statuses.cause("FieldValueInvalid", "Invalid value: " + shown + ": " + fault, "spec.request"));
    }

    @Override
    public void prepareCreate(Write write) {
        KubeObject request = write.object();
        UserInfo user = write.user();
        for (String field : List.of("username", "uid", "groups", "extra")) {
            request.set(null, "spec", field);
        }
        request.set(user.name(), "spec", "username");
        if (!user.uid().isEmpty()) {
            request.set(user.uid(), "spec", "uid");
        }
        if (!user.groups().isEmpty()) {
            request.set(new ArrayList<>(user.groups()), "spec", "groups");
        }
        if (!user.extra().isEmpty()) {
            request.set(new LinkedHashMap<>(user.extra()), "spec", "extra");
        }
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject old = Objects.requireNonNull(write.old());
        write.object().set(KubeObject.copyOrNull(old.at("spec")), "spec");
        if (write.subresource().isEmpty()) {
            return;
        }
        if (write.subresource().equals("status")) {
            keepDecisions(write.object(), old);
        }
        String now = write.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (Map<String, Object> condition : write.object().maps("status", "conditions")) {
            condition.putIfAbsent("lastUpdateTime", now);
            condition.putIfAbsent(
                    "lastTransitionTime", transition(condition, old).orElse(now));
        }
        if (write.subresource().equals("approval")) {
            write.object().set(old.at("status", "certificate"), "status", "certificate");
        }
    }

    /** Approvals and denials stay as they are where none is added or taken away. */
    private static void keepDecisions(KubeObject request, KubeObject old) {
        for (String type : List.of("Approved", "Denied")) {
            List<Map<String, Object>> before = of(old, type);
            List<Map<String, Object>> now = of(request, type);
            for (int i = 0; i < now.size() && now.size() == before.size(); i++) {
                now.get(i).clear();
                now.get(i).putAll(before.get(i));
            }
        }
    }

    private static List<Map<String, Object>> of(KubeObject request, String type) {
        return request.maps("status", "conditions").stream()
                .filter(each -> type.equals(each.get("type")))
                .toList();
    }

    /** Since when a condition has been as it is. */
    private static Optional<Object> transition(Map<String, Object> condition, KubeObject old) {
        return old.maps("status", "conditions").stream()
                .filter(each -> Objects.equals(each.get("type"), condition.get("type"))
                        && Objects.equals(each.get("status"), condition.get("status")))
                .map(each -> each.get("lastTransitionTime"))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
