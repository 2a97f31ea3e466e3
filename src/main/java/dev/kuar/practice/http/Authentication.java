package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.Impersonated;
import dev.kuar.practice.auth.Impersonation;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Who a call is from: client certificate, bearer token (in a header or a WebSocket protocol), impersonation headers. */
final class Authentication {
    private static final String CHECKED = "kuar.client-certificate";
    private static final String TOKEN_PROTOCOL = "base64url.bearer.authorization.k8s.io.";
    private static final String EXTRA = "impersonate-extra-";

    private final ApiServer api;
    private final Predicate<X509Certificate> trusted;

    Authentication(FrontParts parts) {
        this.api = parts.api();
        this.trusted = parts.trusted();
    }

    /** @throws ApiException 401 */
    UserInfo authenticate(Call call) {
        return api.authenticate(new Credentials(certificate(call), token(call)));
    }

    /** What the audit says of a call whose credentials failed. */
    static String failure(Call call) {
        List<String> tried = new ArrayList<>();
        String header = call.header("Authorization");
        if (!header.isEmpty()) {
            boolean basic = header.toLowerCase(Locale.ROOT).startsWith("basic ");
            boolean bearer = header.toLowerCase(Locale.ROOT).startsWith("bearer ");
            if (basic || bearer) {
                tried.add(basic ? "basic" : "bearer");
            }
        }
        if (call.query().containsKey("access_token")) {
            tried.add("access_token");
        }
        if (call.exchange().getConnection().getSslSession() != null && hasCertificate(call)) {
            tried.add("x509");
        }
        return tried.isEmpty()
                ? "Authentication failed, no credentials provided"
                : "Authentication failed, attempted: " + String.join(", ", tried);
    }

    private static boolean hasCertificate(Call call) {
        try {
            return call.exchange().getConnection().getSslSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    /** The certificate was checked once when its TLS session showed it first. */
    private @Nullable X509Certificate certificate(Call call) {
        SSLSession session = call.exchange().getConnection().getSslSession();
        if (session == null) {
            return null;
        }
        Object known = session.getValue(CHECKED);
        if (known instanceof X509Certificate certificate) {
            return certificate;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
                return null;
            }
            if (!trusted.test(certificate)) {
                throw Statuses.unauthorized();
            }
            session.putValue(CHECKED, certificate);
            return certificate;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private static @Nullable String token(Call call) {
        String header = call.header("Authorization").trim();
        int space = header.indexOf(' ');
        if (space > 0 && header.substring(0, space).equalsIgnoreCase("bearer")) {
            String token = header.substring(space + 1).trim();
            return token.isEmpty() ? null : token;
        }
        List<String> protocols = call.headers("Sec-WebSocket-Protocol");
        if (protocols.isEmpty()) {
            return null;
        }
        for (String offered : String.join(",", protocols).split(",", -1)) {
            String protocol = offered.trim();
            if (protocol.startsWith(TOKEN_PROTOCOL)) {
                try {
                    byte[] token = Base64.getUrlDecoder().decode(protocol.substring(TOKEN_PROTOCOL.length()));
                    return new String(token, StandardCharsets.UTF_8);
                } catch (IllegalArgumentException damaged) {
                    throw Statuses.unauthorized();
                }
            }
        }
        return null;
    }

    /** Makes the call act as another user where its headers ask for it and the user may. */
    void impersonate(Call call, RequestPath path) {
        HeaderMap headers = call.exchange().getRequestHeaders();
        Map<String, List<String>> extra = new LinkedHashMap<>();
        boolean any = headers.contains("Impersonate-User")
                || headers.contains("Impersonate-Group")
                || headers.contains("Impersonate-Uid");
        for (HeaderValues values : headers) {
            String name = values.getHeaderName().toString();
            if (name.regionMatches(true, 0, EXTRA, 0, EXTRA.length())) {
                String key = name.substring(EXTRA.length()).toLowerCase(Locale.ROOT);
                extra.put(Paths.decode(key, false), List.copyOf(values));
                any = true;
            }
        }
        if (!any) {
            return;
        }
        Impersonation wanted = new Impersonation(
                call.header("Impersonate-User"),
                call.header("Impersonate-Uid"),
                call.headers("Impersonate-Group"),
                extra);
        try {
            Impersonated other = path.resourceRequest()
                    ? api.impersonate(call.user(), wanted, ResourceHandler.bare(call, path))
                    : api.impersonate(call.user(), wanted, path.verb(), call.path());
            call.impersonate(other);
        } catch (ApiException refused) {
            call.setHeader("X-Content-Type-Options", "nosniff");
            throw refused;
        }
    }
}
