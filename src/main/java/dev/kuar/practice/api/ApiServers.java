package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionChain;
import dev.kuar.practice.admission.QuotaLedger;
import dev.kuar.practice.auth.Authenticator;
import dev.kuar.practice.auth.Escalation;
import dev.kuar.practice.auth.RbacAuthorizer;
import dev.kuar.practice.auth.ServiceAccountTokens;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.time.ClusterClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens API servers. */
public final class ApiServers {
    private ApiServers() {}

    /** An API server over a store, which stays the caller's to close, after the server. */
    public static ApiServer open(Store store, Catalog catalog, ClusterClock clock, ApiServerConfig config) {
        Storage storage = new Storage(store);
        Parts parts = new Parts(storage, clock, catalog);
        FeedReader reader = new FeedReader(parts);
        ServiceAccountTokens tokens = new ServiceAccountTokens(
                config.serviceAccountKeys(), config.issuer(), config.audiences(), reader, clock);
        RbacAuthorizer authorizer = new RbacAuthorizer(reader);
        parts.use(authorizer);
        Authenticator authenticator = new Authenticator(tokens, reader, clock);
        Verbs verbs = Verbs.of(parts);
        Dispatch dispatch = new Dispatch();
        Ranges.write(store);
        CustomDefinitions definitions = new CustomDefinitions(parts, verbs, reader, config.webhookSockets());
        parts.use(
                AdmissionChain.standard(
                        reader,
                        ledger(parts),
                        parts::now,
                        new Escalation(authorizer),
                        authorizer,
                        parts.schema()::settle,
                        config.webhookSockets(),
                        new OtherServedVersions(parts)),
                Strategies.of(parts, config, definitions));
        AutoCloseable following = definitions.start(dispatch);
        Map<String, Special> specials = specials(parts, verbs, reader, tokens, authorizer, authenticator);
        return new KubeApiServer(
                parts,
                authenticator::authenticate,
                authorizer,
                verbs,
                specials,
                new StoreEtcdView(store, parts::catalog, config.etcdValues()),
                dispatch,
                () -> {},
                List.of(new Compactor(storage, clock), new EventExpiry(parts), following, dispatch));
    }

    /** A server of kinds of its own that leaves users and rights to another; the store stays the caller's to close, after it. */
    public static ApiServer extension(Store store, Catalog catalog, ClusterClock clock, ExtensionConfig config) {
        Storage storage = new Storage(store);
        storage.versions().use(config.rules());
        Parts parts = new Parts(storage, clock, catalog);
        parts.use(config.authorizer());
        Map<String, Strategy> strategies = new HashMap<>();
        catalog.kinds()
                .forEach(kind ->
                        strategies.put(kind.groupResource().toString(), new RuledStrategy(parts, config.rules())));
        parts.use(new AdmissionChain(config.admission().apply(new FeedReader(parts))), strategies);
        Dispatch dispatch = new Dispatch();
        return new KubeApiServer(
                parts,
                config.authenticator(),
                config.authorizer(),
                Verbs.of(parts),
                Map.of(),
                new StoreEtcdView(store, parts::catalog, StoredValueEncoder.JSON),
                dispatch,
                config.storage(),
                List.of(new Compactor(storage, clock), dispatch));
    }

    /** Writes quotas without admission, so that charging one cannot charge another. */
    private static QuotaLedger ledger(Parts parts) {
        Kind kind = parts.catalog().find("", "resourcequotas").orElseThrow();
        return quota -> parts.storage()
                        .put(
                                kind,
                                Storage.key(kind, quota.namespace(), quota.name()),
                                Long.parseLong(quota.resourceVersion()),
                                quota)
                != null;
    }

    private static Map<String, Special> specials(
            Parts parts,
            Verbs verbs,
            FeedReader reader,
            ServiceAccountTokens tokens,
            RbacAuthorizer authorizer,
            Authenticator authenticator) {
        PodSpecials pods = new PodSpecials(parts, verbs, reader);
        Reviews reviews = new Reviews(parts, authorizer, authorizer, authenticator);
        return Map.ofEntries(
                Map.entry("componentstatuses", new ComponentStatuses(parts)),
                Map.entry("pods/binding", pods::bind),
                Map.entry("bindings", pods::bind),
                Map.entry("pods/eviction", pods::evict),
                Map.entry("serviceaccounts/token", new TokenSpecial(parts, verbs.lists(), reader, tokens)),
                Map.entry("selfsubjectreviews.authentication.k8s.io", reviews::self),
                Map.entry("tokenreviews.authentication.k8s.io", reviews::token),
                Map.entry("selfsubjectaccessreviews.authorization.k8s.io", reviews::mayI),
                Map.entry("subjectaccessreviews.authorization.k8s.io", reviews::mayThey),
                Map.entry("localsubjectaccessreviews.authorization.k8s.io", reviews::mayThey),
                Map.entry("selfsubjectrulesreviews.authorization.k8s.io", reviews::rules));
    }
}
