package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionChain;
import dev.kuar.practice.auth.Authenticator;
import dev.kuar.practice.auth.RbacAuthorizer;
import dev.kuar.practice.auth.ServiceAccountTokens;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.time.ClusterClock;
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
        Authenticator authenticator = new Authenticator(tokens, reader, clock);
        Verbs verbs = Verbs.of(parts);
        Dispatch dispatch = new Dispatch();
        CustomDefinitions definitions = new CustomDefinitions(parts, verbs);
        parts.use(AdmissionChain.standard(reader), Strategies.of(parts, config, definitions));
        AutoCloseable following = definitions.start(dispatch);
        Map<String, Special> specials = specials(parts, verbs, reader, tokens, authorizer, authenticator);
        return new KubeApiServer(
                parts,
                authenticator,
                authorizer,
                verbs,
                specials,
                new StoreEtcdView(store, config.etcdValues()),
                dispatch,
                List.of(new Compactor(storage, clock), following, dispatch));
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
        return Map.of(
                "pods/binding", pods::bind,
                "bindings", pods::bind,
                "pods/eviction", pods::evict,
                "serviceaccounts/token", new TokenSpecial(parts, verbs.lists(), reader, tokens),
                "selfsubjectreviews.authentication.k8s.io", reviews::self,
                "tokenreviews.authentication.k8s.io", reviews::token,
                "selfsubjectaccessreviews.authorization.k8s.io", reviews::mayI,
                "subjectaccessreviews.authorization.k8s.io", reviews::mayThey,
                "localsubjectaccessreviews.authorization.k8s.io", reviews::mayThey,
                "selfsubjectrulesreviews.authorization.k8s.io", reviews::rules);
    }
}
