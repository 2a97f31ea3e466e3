package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what was found for a claim as its {@code status.allocation}. */
final class AllocationResult {
    private AllocationResult() {}

    static Map<String, Object> of(ClaimSearch search, KubeObject node) {
        Map<String, Object> devices = new LinkedHashMap<>();
        List<Object> results = new ArrayList<>();
        search.choices().forEach(choice -> results.add(result(choice)));
        if (!results.isEmpty()) {
            devices.put("results", results);
        }
        List<Object> settings = settings(search);
        if (!settings.isEmpty()) {
            devices.put("config", settings);
        }
        Map<String, Object> allocation = new LinkedHashMap<>();
        allocation.put("devices", devices);
        Map<String, Object> selector = nodes(search.choices(), node);
        if (selector != null) {
            allocation.put("nodeSelector", selector);
        }
        return allocation;
    }

    private static Map<String, Object> result(Choice choice) {
        Device device = choice.device();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("request", choice.wish().fullName());
        result.put("driver", device.id().driver());
        result.put("pool", device.id().pool());
        result.put("device", device.id().device());
        if (choice.wish().isAdmin()) {
            result.put("adminAccess", true);
        }
        copy(choice.wish().tree(), "tolerations", result);
        copy(device.tree(), "bindingConditions", result);
        copy(device.tree(), "bindingFailureConditions", result);
        if (device.isShared()) {
            result.put("shareID", UUID.randomUUID().toString());
            Map<String, Object> consumed = new LinkedHashMap<>();
            new TreeMap<>(choice.consumed()).forEach((name, amount) -> consumed.put(name, amount.toString()));
            if (!consumed.isEmpty()) {
                result.put("consumedCapacity", consumed);
            }
        }
        return result;
    }

    private static void copy(KubeObject from, String name, Map<String, Object> to) {
        Object value = from.at(name);
        if (value instanceof List<?> list && !list.isEmpty()) {
            to.put(name, KubeObject.copyOf(value));
        }
    }

    /** Of the classes, each once, then of the claim. */
    private static List<Object> settings(ClaimSearch search) {
        List<Object> all = new ArrayList<>();
        Map<String, List<String>> ofClass = new LinkedHashMap<>();
        for (int i = 0; i < search.requests().size(); i++) {
            KubeObject type = search.chosen(i).type();
            String request = search.chosen(i).wish().fullName();
            List<String> requests = ofClass.get(type.name());
            if (requests != null) {
                requests.add(request);
                continue;
            }
            List<String> first = new ArrayList<>(List.of(request));
            ofClass.put(type.name(), first);
            type.maps("spec", "config").forEach(each -> all.add(setting("FromClass", first, each)));
        }
        for (Map<String, Object> each : search.claim().maps("spec", "devices", "config")) {
            List<String> requests = KubeObject.of(each).texts("requests");
            long times = requests.isEmpty()
                    ? 1
                    : java.util.stream.IntStream.range(0, search.requests().size())
                            .filter(i -> isFor(requests, search.chosen(i).wish()))
                            .count();
            for (long i = 0; i < times; i++) {
                all.add(setting("FromClaim", requests, each));
            }
        }
        return all;
    }

    private static boolean isFor(List<String> requests, Wish wish) {
        return requests.contains(wish.fullName()) || requests.contains(wish.parent());
    }

    private static Map<String, Object> setting(String source, List<String> requests, Map<String, Object> from) {
        Map<String, Object> setting = new LinkedHashMap<>();
        setting.put("source", source);
        if (!requests.isEmpty()) {
            setting.put("requests", requests);
        }
        if (from.get("opaque") != null) {
            setting.put("opaque", KubeObject.copyOf(from.get("opaque")));
        }
        return setting;
    }

    /** Where the devices are all to be had; null for everywhere. */
    private static @Nullable Map<String, Object> nodes(List<Choice> choices, KubeObject node) {
        Map<String, Object> term = new LinkedHashMap<>();
        for (Choice choice : choices) {
            KubeObject place = choice.device().place();
            if (!place.text("nodeName").isEmpty() || choice.device().tree().flag("bindsToNode")) {
                Map<String, Object> only = new LinkedHashMap<>();
                only.put("key", "metadata.name");
                only.put("operator", "In");
                only.put("values", List.of(node.name()));
                return selector(Map.of("matchFields", List.of(only)));
            }
            for (Map<String, Object> each : place.maps("nodeSelector", "nodeSelectorTerms")) {
                for (String kind : new String[] {"matchExpressions", "matchFields"}) {
                    KubeObject.of(each).maps(kind).forEach(requirement -> add(term, kind, requirement));
                }
            }
        }
        return term.isEmpty() ? null : selector(term);
    }

    private static Map<String, Object> selector(Map<String, Object> term) {
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("nodeSelectorTerms", List.of(term));
        return selector;
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> term, String kind, Map<String, Object> requirement) {
        List<Object> list = (List<Object>) term.computeIfAbsent(kind, unused -> new ArrayList<>());
        KubeObject wanted = KubeObject.of(requirement);
        boolean known = list.stream()
                .map(Device::tree)
                .anyMatch(other -> other.text("key").equals(wanted.text("key"))
                        && other.text("operator").equals(wanted.text("operator"))
                        && Set.copyOf(other.texts("values")).equals(Set.copyOf(wanted.texts("values"))));
        if (!known) {
            list.add(KubeObject.copyOf(requirement));
        }
    }
}
