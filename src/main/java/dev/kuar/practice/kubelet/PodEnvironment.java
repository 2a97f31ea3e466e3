package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.container.Variables;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment of a container: services, {@code envFrom}, {@code env}; and the expansion of {@code $(NAME)}. */
final class PodEnvironment {
    /** {@code $(NAME)}, and {@code $$}, which stands for a dollar. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    private final ApiClient api;
    private final KubeObject pod;
    private final PodFields fields;
    private final PodVolumes volumes;
    private final ServiceVariables services;

    PodEnvironment(ApiClient api, KubeObject pod, PodFields fields, PodVolumes volumes, ServiceVariables services) {
        this.services = services;
        this.api = api;
        this.pod = pod;
        this.fields = fields;
        this.volumes = volumes;
    }

    Variables of(KubeObject container) throws PodProblem {
        Map<String, String> shared =
                services.of(pod, api.informer(Resources.SERVICES).all());
        Map<String, String> env = new LinkedHashMap<>();
        for (Map<String, Object> entry : container.maps("envFrom")) {
            KubeObject from = KubeObject.of(entry);
            String prefix = from.text("prefix");
            if (from.at("configMapRef") != null) {
                Optional<KubeObject> map = source(Resources.CONFIG_MAPS, from, "configMapRef", "configmap");
                map.ifPresent(m -> m.textMap("data").forEach((key, value) -> env.put(prefix + key, value)));
            } else {
                Optional<KubeObject> secret = source(Resources.SECRETS, from, "secretRef", "secret");
                secret.ifPresent(s -> s.textMap("data").forEach((key, value) -> env.put(prefix + key, decode(value))));
            }
        }
        for (Map<String, Object> entry : container.maps("env")) {
            KubeObject variable = KubeObject.of(entry);
            if (variable.at("valueFrom") == null) {
                String value = variable.text("value");
                env.put(variable.text("name"), value.contains("$") ? expand(value, Variables.of(env, shared)) : value);
            } else {
                from(container, variable).ifPresent(value -> env.put(variable.text("name"), value));
            }
        }
        return Variables.of(env, shared);
    }

    private Optional<String> from(KubeObject container, KubeObject variable) throws PodProblem {
        if (variable.at("valueFrom", "fieldRef") != null) {
            return Optional.of(fields.field(variable.text("valueFrom", "fieldRef", "fieldPath")));
        }
        if (variable.at("valueFrom", "resourceFieldRef") != null) {
            return Optional.of(
                    fields.resource(container, KubeObject.of(variable.map("valueFrom", "resourceFieldRef"))));
        }
        if (variable.at("valueFrom", "fileKeyRef") != null) {
            return file(KubeObject.of(variable.map("valueFrom", "fileKeyRef")));
        }
        boolean secret = variable.at("valueFrom", "secretKeyRef") != null;
        String reference = secret ? "secretKeyRef" : "configMapKeyRef";
        KubeObject from = KubeObject.of(variable.map("valueFrom"));
        Optional<KubeObject> source = source(
                secret ? Resources.SECRETS : Resources.CONFIG_MAPS, from, reference, secret ? "secret" : "configmap");
        String key = from.text(reference, "key");
        if (source.isEmpty()) {
            return Optional.empty();
        }
        String value = source.get().textMap("data").get(key);
        if (value == null && !from.flag(reference, "optional")) {
            throw new PodProblem(
                    "CreateContainerConfigError",
                    "couldn't find key " + key + " in " + (secret ? "Secret" : "ConfigMap") + " " + pod.namespace()
                            + "/" + from.text(reference, "name"));
        }
        return Optional.ofNullable(value).map(v -> secret ? decode(v) : v);
    }

    private Optional<String> file(KubeObject reference) throws PodProblem {
        String volume = reference.text("volumeName");
        String path = reference.text("path");
        VolumeContent content = volumes.find(volume)
                .orElseThrow(() -> new PodProblem(
                        "CreateContainerConfigError",
                        "cannot find the volume \"" + volume + "\" referenced by FileKeyRef"));
        Optional<String> value;
        try {
            value = EnvFile.find(
                    content.textAt(path)
                            .orElseThrow(() -> new PodProblem("CreateContainerConfigError", "couldn't parse env file")),
                    reference.text("key"));
        } catch (EnvFile.Malformed e) {
            throw new PodProblem("CreateContainerConfigError", "couldn't parse env file");
        }
        if (value.isEmpty() && !reference.flag("optional")) {
            throw new PodProblem(
                    "CreateContainerConfigError",
                    "environment variable key \"" + reference.text("key")
                            + "\" not found in file \"/var/lib/kubelet/pods/" + pod.uid()
                            + "/volumes/kubernetes.io~empty-dir/" + volume + "/" + path + "\"");
        }
        return value;
    }

    private Optional<KubeObject> source(GroupResource kind, KubeObject from, String reference, String word)
            throws PodProblem {
        String name = from.text(reference, "name");
        Optional<KubeObject> found = api.informer(kind).find(pod.namespace(), name);
        if (found.isEmpty() && !from.flag(reference, "optional")) {
            throw new PodProblem("CreateContainerConfigError", word + " \"" + name + "\" not found");
        }
        return found;
    }

    static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Replaces {@code $(NAME)} of known names; {@code $$} is a dollar. */
    static String expand(String text, Map<String, String> env) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int end = text.startsWith("$(", i) ? text.indexOf(')', i) : -1;
            if (c == '$' && text.startsWith("$$", i)) {
                out.append('$');
                i++;
            } else if (end > 0 && env.containsKey(text.substring(i + 2, end))) {
                out.append(env.get(text.substring(i + 2, end)));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The variables that a text names and that have no value, in order, with commas between; empty where all have one. */
    static String missing(String text, Map<String, String> env) {
        TreeSet<String> names = new TreeSet<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (name != null && env.getOrDefault(name, "").isEmpty()) {
                names.add(name);
            }
        }
        return String.join(", ", names);
    }

    static List<String> expand(List<String> words, Map<String, String> env) {
        List<String> out = new ArrayList<>();
        words.forEach(word -> out.add(expand(word, env)));
        return out;
    }
}
