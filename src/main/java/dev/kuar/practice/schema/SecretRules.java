package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Secrets: keys, size, what their type demands, immutability. */
final class SecretRules implements KindRules {
    private static final Map<String, List<String>> DEMANDED = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    @Override
    public void check(KubeObject secret, FieldErrors errors) {
        long size = 0;
        for (Map.Entry<String, Object> each : secret.map("data").entrySet()) {
            errors.syntax("data[" + each.getKey() + "]", each.getKey(), Syntax.configKey(each.getKey()));
            size += ConfigMapRules.length(each.getValue(), true);
        }
        if (size > ConfigMapRules.LIMIT) {
            errors.tooLong("data", ConfigMapRules.LIMIT);
        }
        String type = secret.text("type");
        for (String key : DEMANDED.getOrDefault(type, List.of())) {
            Object value = secret.map("data").get(key);
            if (value == null || type.equals("kubernetes.io/ssh-auth") && "".equals(value)) {
                errors.required("data[" + key + "]", "");
            } else if (type.startsWith("kubernetes.io/dockerc")) {
                json(key, String.valueOf(value), errors);
            }
        }
        if (type.equals("kubernetes.io/basic-auth")
                && !secret.map("data").containsKey("username")
                && !secret.map("data").containsKey("password")) {
            errors.required("data[username]", "");
            errors.required("data[password]", "");
        }
        if (type.equals("kubernetes.io/service-account-token")
                && secret.annotations()
                        .getOrDefault("kubernetes.io/service-account.name", "")
                        .isEmpty()) {
            errors.required("metadata.annotations[kubernetes.io/service-account.name]", "");
        }
    }

    private static void json(String key, String encoded, FieldErrors errors) {
        try {
            Object value = GoJson.parse(Base64.getDecoder().decode(encoded), new ArrayList<>());
            if (value != null && !(value instanceof Map)) {
                throw new DecodeException("json: cannot unmarshal " + Shapes.jsonWord(value)
                        + " into Go value of type map[string]interface {}");
            }
        } catch (DecodeException wrong) {
            errors.invalid("data[" + key + "]", "<secret contents redacted>", String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public void change(KubeObject secret, KubeObject old, FieldErrors errors) {
        if (!secret.text("type").equals(old.text("type"))) {
            errors.invalid("type", secret.text("type"), "field is immutable");
        }
        ConfigMapRules.immutable(secret, old, errors);
    }
}
