package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** CertificateSigningRequests: the server says who asks, nobody changes what was asked, approvals carry their time. */
final class SigningRequestStrategy implements Strategy {
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
        String now = write.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (Map<String, Object> condition : write.object().maps("status", "conditions")) {
            condition.putIfAbsent("lastUpdateTime", now);
            condition.putIfAbsent("lastTransitionTime", now);
        }
        if (write.subresource().equals("approval") && old.at("status", "certificate") != null) {
            write.object().set(old.at("status", "certificate"), "status", "certificate");
        }
    }
}
