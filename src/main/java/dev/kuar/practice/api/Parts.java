package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionChain;
import dev.kuar.practice.auth.Access;
import dev.kuar.practice.auth.Authorizer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.time.ClusterClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the verbs share. */
final class Parts {
    private final Storage storage;
    private final ClusterClock clock;
    private final SchemaRules schema = new SchemaRules();
    private volatile Catalog catalog;
    private volatile AdmissionChain admission = AdmissionChain.NONE;
    private volatile Map<String, Strategy> strategies = Map.of();
    private volatile Authorizer authorizer = access -> null;
    private volatile Map<Kind, String> deprecations = Map.of();

    Parts(Storage storage, ClusterClock clock, Catalog catalog) {
        this.storage = storage;
        this.clock = clock;
        this.catalog = catalog;
    }

    /** Completes what needs these parts itself; called once, before the first request. */
    void use(AdmissionChain newAdmission, Map<String, Strategy> newStrategies) {
        admission = newAdmission;
        strategies = Map.copyOf(newStrategies);
    }

    Storage storage() {
        return storage;
    }

    ClusterClock clock() {
        return clock;
    }

    Instant now() {
        return clock.now();
    }

    SchemaRules schema() {
        return schema;
    }

    Catalog catalog() {
        return catalog;
    }

    /** @param newDeprecations what requests for deprecated versions of custom resources are warned of */
    void catalog(Catalog newCatalog, Map<Kind, String> newDeprecations) {
        deprecations = Map.copyOf(newDeprecations);
        catalog = newCatalog;
    }

    AdmissionChain admission() {
        return admission;
    }

    /** By the kind's {@code resource.group}. */
    Strategy strategy(Kind kind) {
        return strategies.getOrDefault(kind.groupResource().toString(), Strategy.PLAIN);
    }

    Authorizer authorizer() {
        return authorizer;
    }

    /** Who may do what, for what a request turns out to ask for only on its way. */
    void use(Authorizer newAuthorizer) {
        authorizer = newAuthorizer;
    }

    /** @throws ApiException 403 where the user of a PUT or an apply may not create what is not there yet */
    void mayCreate(ApiRequest request) {
        Access access = new Access(
                request.user(),
                Verb.CREATE.word(),
                request.resource().group(),
                request.resource().resource(),
                request.subresource(),
                request.namespace(),
                request.name(),
                "");
        if (authorizer.allows(access) == null) {
            throw access.refusal();
        }
    }

    /** Answers; a refusal carries what was warned of before it. */
    Answer warned(Kind kind, Function<List<String>, Answer> verb) {
        List<String> warnings = warnings(kind);
        try {
            return verb.apply(warnings);
        } catch (ApiException refused) {
            throw refused.warning(warnings);
        }
    }

    /** A list for the warnings of one answer, with what every request for the kind is warned of. */
    List<String> warnings(Kind kind) {
        List<String> warnings = new ArrayList<>(2);
        if (kind.group().isEmpty() && kind.resource().equals("componentstatuses")) {
            warnings.add("v1 ComponentStatus is deprecated in v1.19+");
        }
        if (kind.group().isEmpty() && kind.resource().equals("endpoints")) {
            warnings.add("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
        }
        String deprecation = kind.isCustom() ? deprecations.get(kind) : null;
        if (deprecation != null) {
            warnings.add(deprecation);
        }
        return warnings;
    }
}
