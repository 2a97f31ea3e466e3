package dev.kuar.practice.api;

import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.Impersonated;
import dev.kuar.practice.auth.Impersonation;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.util.List;

/**
 * The API server without its wire: authentication, authorisation, admission and the generic verbs over every kind.
 *
 * <p>Thread-safe. Every refusal is an {@code ApiException} that carries the Status a client is to see.
 */
public interface ApiServer extends AutoCloseable {
    /**
     * Who shows these credentials; {@code system:anonymous} for none.
     *
     * @throws dev.kuar.practice.object.ApiException 401 for credentials that fail
     */
    UserInfo authenticate(Credentials credentials);

    /**
     * The user that {@code user} wants to be, after asking whether it may.
     *
     * @param request what will be asked then, by the impersonated user; its {@code user} is ignored
     */
    Impersonated impersonate(UserInfo user, Impersonation wanted, ApiRequest request);

    /** {@link #impersonate} for a path that is no resource; {@code verb} is the HTTP method in lower case. */
    Impersonated impersonate(UserInfo user, Impersonation wanted, String verb, String path);

    /** Refuses with 403 unless {@code user} may {@code verb} (the HTTP method in lower case) the path. */
    void authorizePath(UserInfo user, String verb, String path, AuditNotes notes);

    /** Refuses with 403 unless the request's user may do what it asks; {@link #handle} and {@link #watch} ask by themselves. */
    void authorize(ApiRequest request);

    /** The same of a verb that no resource has, for instance that of an unknown HTTP method: the empty one. */
    void authorize(ApiRequest request, String verb);

    /** Answers everything but watches and connections to pods. */
    Answer handle(ApiRequest request);

    /** Starts a watch; problems with the revision that a client sees as events come as events. */
    WatchStream watch(ApiRequest request);

    /**
     * The object behind a subresource that is a connection ({@code log}, {@code exec}, {@code attach},
     * {@code portforward}, {@code proxy}), after authorisation.
     */
    KubeObject connect(ApiRequest request);

    /** The in-process client of the control plane: admitted and validated as any, not authorised again. */
    ApiClient client(UserInfo user, String agent);

    /** The kinds that are served now, custom resources included; cheap. */
    Catalog catalog();

    /** What every request for the kind is warned of, also one that is refused. */
    List<String> warnings(Kind kind);

    /** The newest revision that everybody can see. */
    long revision();

    /** What {@code etcdctl} sees. */
    EtcdView etcd();

    @Override
    void close();
}
