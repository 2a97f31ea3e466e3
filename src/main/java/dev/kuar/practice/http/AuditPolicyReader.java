package dev.kuar.practice.http;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the document of an audit policy and says what is wrong with it; fields that mean nothing are passed over. Source:
 * {@code apiserver/pkg/audit/policy/reader.go} and {@code apis/audit/validation}.
 */
final class AuditPolicyReader {
    private static final String VERSION = "audit.k8s.io/v1";
    private static final List<String> STAGES =
            List.of("RequestReceived", "ResponseStarted", "ResponseComplete", "Panic");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String NO_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and"
                    + " end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private final List<String> problems = new ArrayList<>();

    private AuditPolicyReader() {}

    /** @throws IllegalArgumentException with what is wrong */
    static AuditPolicy read(byte[] document) {
        return new AuditPolicyReader().policy(tree(document));
    }

    private static Map<?, ?> tree(byte[] document) {
        Object value;
        try {
            value = Decoder.parse(document, true).value();
        } catch (DecodeException damaged) {
            throw new IllegalArgumentException("failed decoding: " + damaged.getMessage(), damaged);
        }
        Map<?, ?> tree = value instanceof Map<?, ?> map ? map : Map.of();
        String shown = JsonWriter.text(value == null ? Map.of() : value);
        for (String field : List.of("kind", "apiVersion")) {
            if (!(tree.get(field) instanceof String text) || text.isEmpty()) {
                String name = field.equals("kind") ? "Kind" : field;
                throw new IllegalArgumentException(
                        "failed decoding: Object '" + name + "' is missing in '" + shown + "'");
            }
        }
        if (!VERSION.equals(tree.get("apiVersion")) || !"Policy".equals(tree.get("kind"))) {
            throw new IllegalArgumentException("failed decoding: no kind \"" + tree.get("kind")
                    + "\" is registered for version \"" + tree.get("apiVersion")
                    + "\" in scheme \"k8s.io/apiserver/pkg/audit/scheme.go:30\"");
        }
        return tree;
    }

    private AuditPolicy policy(Map<?, ?> tree) {
        Set<String> omitted = stages(tree, "omitStages", "Policy.omitStages", "omitStages");
        List<AuditRule> rules = new ArrayList<>();
        for (Object each : list(tree, "rules", "Policy.rules", "[]v1.PolicyRule")) {
            rules.add(rule(map(each, "Policy.rules", "v1.PolicyRule"), "rules[" + rules.size() + "]", omitted));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.size() == 1 ? problems.get(0) : "[" + String.join(", ", problems) + "]");
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("loaded illegal policy with 0 rules");
        }
        return new AuditPolicy(rules, omitted, flag(tree, "Policy").orElse(false));
    }

    private AuditRule rule(Map<?, ?> tree, String at, Set<String> omitted) {
        AuditPolicy.Level level = level(tree.get("level"), at + ".level");
        List<String> urls = texts(tree, "nonResourceURLs");
        urls(urls, at + ".nonResourceURLs");
        List<AuditRule.OfResources> resources = new ArrayList<>();
        for (Object each : list(tree, "resources", "PolicyRule.rules.resources", "[]v1.GroupResources")) {
            resources.add(resources(map(each, "PolicyRule.rules.resources", "v1.GroupResources"), at + ".resources"));
        }
        Set<String> stages = new LinkedHashSet<>(omitted);
        stages.addAll(stages(tree, "omitStages", "PolicyRule.rules.omitStages", at + ".omitStages"));
        List<String> namespaces = texts(tree, "namespaces");
        if (!urls.isEmpty() && !(resources.isEmpty() && namespaces.isEmpty())) {
            invalid(
                    at + ".nonResourceURLs",
                    urls,
                    "rules cannot apply to both regular resources and non-resource URLs");
        }
        return new AuditRule(
                level,
                texts(tree, "users"),
                texts(tree, "userGroups"),
                texts(tree, "verbs"),
                resources,
                namespaces,
                urls,
                stages,
                flag(tree, "PolicyRule.rules"));
    }

    private AuditPolicy.Level level(@Nullable Object value, String at) {
        String text = text(value, "PolicyRule.rules.level");
        Optional<AuditPolicy.Level> level = Arrays.stream(AuditPolicy.Level.values())
                .filter(each -> each.word().equals(text))
                .findFirst();
        if (level.isEmpty() && text.isEmpty()) {
            problems.add(at + ": Required value");
        } else if (level.isEmpty()) {
            problems.add(at + ": Unsupported value: " + JsonWriter.text(text)
                    + ": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\"");
        }
        return level.orElse(AuditPolicy.Level.NONE);
    }

    private void urls(List<String> urls, String at) {
        for (int i = 0; i < urls.size(); i++) {
            String url = urls.get(i);
            if (!url.equals("*") && !url.startsWith("/")) {
                invalid(at + "[" + i + "]", url, "non-resource URL rules must begin with a '/' character");
            }
            if (url.indexOf('*') >= 0 && url.indexOf('*') < url.length() - 1) {
                invalid(
                        at + "[" + i + "]",
                        url,
                        "non-resource URL wildcards '*' must be the final character of the rule");
            }
        }
    }

    private AuditRule.OfResources resources(Map<?, ?> tree, String at) {
        String group = text(tree.get("group"), "GroupResources.rules.resources.group");
        if (!group.isEmpty() && !group.equals("*") && !SUBDOMAIN.matcher(group).matches()) {
            invalid(at + ".group", group, NO_SUBDOMAIN);
        }
        List<String> resources = texts(tree, "resources");
        List<String> names = texts(tree, "resourceNames");
        if (!names.isEmpty() && resources.isEmpty()) {
            invalid(at + ".resourceNames", names, "using resourceNames requires at least one resource");
        }
        return new AuditRule.OfResources(group, resources, names);
    }

    private Set<String> stages(Map<?, ?> tree, String field, String goField, String at) {
        Set<String> stages = new LinkedHashSet<>();
        int i = 0;
        for (Object each : list(tree, field, goField, "[]v1.Stage")) {
            String stage = text(each, goField);
            if (!STAGES.contains(stage)) {
                invalid(at + "[" + i + "]", stage, "allowed stages are " + String.join(",", STAGES));
            }
            stages.add(stage);
            i++;
        }
        return stages;
    }

    private void invalid(String at, Object value, String why) {
        problems.add(at + ": Invalid value: " + JsonWriter.text(value) + ": " + why);
    }

    private static List<String> texts(Map<?, ?> tree, String field) {
        return list(tree, field, "PolicyRule.rules." + field, "[]string").stream()
                .map(each -> text(each, "PolicyRule.rules." + field))
                .toList();
    }

    private static List<?> list(Map<?, ?> tree, String field, String goField, String type) {
        Object value = tree.get(field);
        if (value == null || value instanceof List<?>) {
            return value == null ? List.of() : (List<?>) value;
        }
        throw wrong(value, goField, type);
    }

    private static Map<?, ?> map(@Nullable Object value, String goField, String type) {
        if (value == null || value instanceof Map<?, ?>) {
            return value == null ? Map.of() : (Map<?, ?>) value;
        }
        throw wrong(value, goField, type);
    }

    private static String text(@Nullable Object value, String goField) {
        if (value == null || value instanceof String) {
            return value == null ? "" : (String) value;
        }
        throw wrong(value, goField, "string");
    }

    private static Optional<Boolean> flag(Map<?, ?> tree, String of) {
        Object value = tree.get("omitManagedFields");
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        throw wrong(value, of + ".omitManagedFields", "bool");
    }

    private static IllegalArgumentException wrong(Object value, String goField, String type) {
        String given = Stream.of(
                        Map.entry(String.class, "string"),
                        Map.entry(Boolean.class, "bool"),
                        Map.entry(Number.class, "number"),
                        Map.entry(List.class, "array"))
                .filter(each -> each.getKey().isInstance(value))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("object");
        return new IllegalArgumentException("failed decoding: json: cannot unmarshal " + given
                + " into Go struct field " + goField + " of type " + type);
    }
}
