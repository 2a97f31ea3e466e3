package dev.kuar.practice.auth;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows about itself.
 *
 * @param certificate the client certificate, already verified against the cluster's CA by TLS; null for none
 * @param bearerToken the token of an Authorization header; null for none (a Basic header counts as none)
 */
public record Credentials(
        @Nullable X509Certificate certificate, @Nullable String bearerToken) {
    public static final Credentials NONE = new Credentials(null, null);
}
