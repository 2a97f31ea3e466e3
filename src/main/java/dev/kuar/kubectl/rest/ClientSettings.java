package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that says how to reach a cluster and as whom. Equal settings may share connections.
 *
 * @param context the kubeconfig context, empty for none
 * @param server the address, for instance {@code https://127.0.0.1:6443}
 * @param tlsServerName the name that the server's certificate must carry, empty for the host's
 * @param insecure whether the server's certificate goes unchecked
 * @param authority PEM certificates that the server's must come from, empty for the system's
 * @param certificate the client's PEM certificate chain, empty for none
 * @param key the client's PEM key
 * @param token a bearer token, empty for none
 * @param user for basic authentication, empty for none
 * @param password for basic authentication
 * @param exec the credential plugin of the user entry, {@link Tree#NONE} for none
 * @param proxy an HTTP proxy's address, empty for none
 * @param namespace of the context or the flag, {@code default} if neither says
 * @param namespaceGiven whether a flag set it
 * @param impersonate who to act as
 */
public record ClientSettings(
        String context,
        String server,
        String tlsServerName,
        boolean insecure,
        String authority,
        String certificate,
        String key,
        String token,
        String user,
        String password,
        Tree exec,
        String proxy,
        String namespace,
        boolean namespaceGiven,
        Impersonation impersonate) {
    /** Where a client asks that was told of no cluster. */
    static final String NOWHERE = "http://localhost:8080";

    /** Whether no kubeconfig and no flag says where the cluster is. */
    boolean isNowhere() {
        return context.isEmpty() && server.equals(NOWHERE);
    }

    /** The parts that a connection depends on: settings that differ elsewhere share it. */
    public ClientSettings connection() {
        return new ClientSettings(
                context,
                server,
                tlsServerName,
                insecure,
                authority,
                certificate,
                key,
                token,
                user,
                password,
                exec,
                proxy,
                "",
                false,
                Impersonation.NONE);
    }

    /**
     * Whom to act as.
     *
     * @param user the user name, null for oneself
     * @param groups in order
     * @param uid empty for none
     */
    public record Impersonation(@Nullable String user, List<String> groups, String uid) {
        public static final Impersonation NONE = new Impersonation(null, List.of(), "");

        public Impersonation {
            groups = List.copyOf(groups);
        }
    }
}
