package dev.kuar.check;

import dev.cel.runtime.CelVariableResolver;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Resolves the variables of one evaluation when, and only when, the expression reaches them. */
final class Variables implements CelVariableResolver {
    private final Reading reading;
    private final Supplier<Object> rightAnswer;

    Variables(Reading reading, Supplier<Object> rightAnswer) {
        this.reading = reading;
        this.rightAnswer = rightAnswer;
    }

    @Override
    public Optional<Object> find(String name) {
        return Optional.ofNullable(value(name));
    }

    private @Nullable Object value(String name) {
        Situation now = reading.situation();
        return switch (name) {
            case "nodes" -> reading.list("v1", "Node", "");
            case "pods" -> reading.list("v1", "Pod", "");
            case "namespaces" -> reading.list("v1", "Namespace", "");
            case "ran" -> Runs.all(now.ran());
            case "last" -> Runs.last(now.ran());
            case "answer" -> now.answer();
            case "answered" -> !now.answer().isBlank() && Answers.matches(now.answer(), rightAnswer.get());
            case "cluster" -> new ClusterFacts(reading);
            case "clusters" -> now.clusters().get();
            case "kubeconfig" -> now.kubeconfig().get();
            case "vars" -> now.variables();
            case "namespace" -> now.namespace();
            default -> null;
        };
    }

    /** The map behind {@code cluster}; what needs a read is read when its key is asked for. */
    private static final class ClusterFacts extends AbstractMap<String, Object> {
        private static final Set<String> KEYS = Set.of("provider", "context", "version", "name", "nodes", "practice");
        private final Reading reading;

        ClusterFacts(Reading reading) {
            this.reading = reading;
        }

        @Override
        public boolean containsKey(Object key) {
            return KEYS.contains(key);
        }

        @Override
        public @Nullable Object get(Object key) {
            Situation now = reading.situation();
            return switch (String.valueOf(key)) {
                case "provider" -> now.provider();
                case "name" -> now.clusterName();
                case "practice" -> now.practice();
                case "context" -> now.view() == null ? "" : now.view().context();
                case "nodes" -> (long) reading.list("v1", "Node", "").size();
                case "version" -> ServerVersion.of(reading.raw("/version"));
                default -> null;
            };
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            KEYS.forEach(key -> all.put(key, String.valueOf(get(key))));
            return all.entrySet();
        }
    }
}
