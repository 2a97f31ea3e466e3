package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import java.util.TreeMap;

/** A label selector as Go prints one within a message. */
final class SelectorText {
    private SelectorText() {}

    /** {@code nil} where there is none. */
    static String of(KubeObject object, String... path) {
        if (!(object.at(path) instanceof Map)) {
            return "nil";
        }
        KubeObject selector = KubeObject.of(object.map(path));
        StringBuilder text = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        new TreeMap<>(selector.textMap("matchLabels"))
                .forEach((key, value) ->
                        text.append(key).append(": ").append(value).append(','));
        text.append("},MatchExpressions:[]LabelSelectorRequirement{");
        for (Map<String, Object> each : selector.maps("matchExpressions")) {
            text.append("LabelSelectorRequirement{Key:")
                    .append(Trees.text(each, "key"))
                    .append(",Operator:")
                    .append(Trees.text(each, "operator"))
                    .append(",Values:[")
                    .append(String.join(" ", KubeObject.of(each).texts("values")))
                    .append("],},");
        }
        return text.append("},}").toString();
    }
}
