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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private final Supplier<FrontProxy> frontProxy;

    Authentication(FrontParts parts) {
        this.api = parts.api();
        this.trusted = parts.trusted();
        this.frontProxy = parts.frontProxy();
    }

    /** @throws ApiException 401 */
    UserInfo authenticate(Call call) {
        X509Certificate shown = shown(call);
        if (shown == null) {
            return api.authenticate(new Credentials(null, token(call)));
        }
        Optional<UserInfo> other = frontProxy.get().user(shown, headers(call));
        return other.isPresent() ? other.get() : api.authenticate(new Credentials(checked(call, shown), token(call)));
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
        if (shown(call) != null) {
            tried.add("x509");
        }
        return tried.isEmpty()
                ? "Authentication failed, no credentials provided"
                : "Authentication failed, attempted: " + String.join(", ", tried);
    }

    /** What the client showed as the connection was made; null for nothing. */
    private static @Nullable X509Certificate shown(Call call) {
        PipedPeer piped = call.exchange().getConnection().getAttachment(PipedPeer.KEY);
        if (piped != null) {
            return piped.certificate();
        }
        SSLSession session = call.exchange().getConnection().getSslSession();
        if (session == null) {
            return null;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate ? certificate : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** The certificate was checked once when its TLS session showed it first. */
    private X509Certificate checked(Call call, X509Certificate shown) {
        SSLSession session = call.exchange().getConnection().getSslSession();
        if (session != null && session.getValue(CHECKED) instanceof X509Certificate certificate) {
            return certificate;
        }
        if (!trusted.test(shown)) {
            throw Statuses.unauthorized();
        }
        if (session != null) {
            session.putValue(CHECKED, shown);
        }
        return shown;
    }

    /** By their names in small letters. */
    private static Map<String, List<String>> headers(Call call) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HeaderValues values : call.exchange().getRequestHeaders()) {
            headers.put(values.getHeaderName().toString().toLowerCase(Locale.ROOT), List.copyOf(values));
        }
        return headers;
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
