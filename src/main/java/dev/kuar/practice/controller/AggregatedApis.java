package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.Optional;

/** APIs that pods serve through the aggregation layer, as the controllers ask them. */
public interface AggregatedApis {
    /** None is there. */
    AggregatedApis NONE = new AggregatedApis() {
        @Override
        public String probe(KubeObject apiService) {
            return "there is no aggregation layer here";
        }

        @Override
        public Optional<KubeObject> get(String group, String version, String path) {
            return Optional.empty();
        }
    };

    /** Asks for the discovery document; empty where it is given, else why not. */
    String probe(KubeObject apiService);

    /**
     * An object below {@code /apis/GROUP/VERSION}; the Status that refuses it is an object too.
     *
     * @return empty where the API is not available
     */
    Optional<KubeObject> get(String group, String version, String path);
}
