package dev.kuar.practice.auth;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.time.ClusterClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Finds out who a client is: by certificate, then by token; who shows nothing is anonymous. */
public final class Authenticator {
    public static final UserInfo ANONYMOUS = UserInfo.of("system:anonymous", "system:unauthenticated");
    private static final int CERTIFICATES = 1000;
    private static final String AUTHENTICATED = "system:authenticated";
    private static final GroupResource SECRETS = GroupResource.core("secrets");

    private final ServiceAccountTokens tokens;
    private final ClusterReader reader;
    private final ClusterClock clock;
    private final Map<X509Certificate, UserInfo> byCertificate = new ConcurrentHashMap<>();

    public Authenticator(ServiceAccountTokens tokens, ClusterReader reader, ClusterClock clock) {
        this.tokens = tokens;
        this.reader = reader;
        this.clock = clock;
    }

    /** @throws dev.kuar.practice.object.ApiException 401 for credentials that are none */
    public UserInfo authenticate(Credentials credentials) {
        X509Certificate certificate = credentials.certificate();
        if (certificate != null) {
            return known(certificate);
        }
        String token = credentials.bearerToken();
        if (token == null) {
            return ANONYMOUS;
        }
        return ofToken(token).orElseThrow(Statuses::unauthorized);
    }

    /** Whom this cluster's own tokens are for. */
    public List<String> audiences() {
        return tokens.defaultAudiences();
    }

    /** Whose token this is; empty for a bad one. */
    public Optional<UserInfo> ofToken(String token) {
        return tokens.verify(token, List.of())
                .map(ServiceAccountTokens.Verified::user)
                .or(() -> ofBootstrapToken(token));
    }

    /** A certificate comes again with each request of its connection. */
    private UserInfo known(X509Certificate certificate) {
        UserInfo known = byCertificate.get(certificate);
        if (known == null) {
            known = ofCertificate(certificate);
            if (byCertificate.size() >= CERTIFICATES) {
                byCertificate.clear();
            }
            byCertificate.put(certificate, known);
        }
        return known;
    }

    /** Who a certificate that has been checked belongs to: its name, and its organizations as groups. */
    public static UserInfo ofCertificate(X509Certificate certificate) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    name = part.getValue().toString();
                } else if (part.getType().equalsIgnoreCase("O")) {
                    groups.add(0, part.getValue().toString());
                }
            }
            groups.add(AUTHENTICATED);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            Map<String, List<String>> extra = Map.of(
                    "authentication.kubernetes.io/credential-id",
                    List.of("X509SHA256=" + HexFormat.of().formatHex(digest)));
            return new UserInfo(name, "", groups, extra);
        } catch (InvalidNameException | GeneralSecurityException unreadable) {
            throw Statuses.unauthorized();
        }
    }

    private Optional<UserInfo> ofBootstrapToken(String token) {
        if (!token.matches("[a-z0-9]{6}\\.[a-z0-9]{16}")) {
            return Optional.empty();
        }
        String id = token.substring(0, 6);
        return reader.find(SECRETS, "kube-system", "bootstrap-token-" + id)
                .filter(secret -> secret.text("type").equals("bootstrap.kubernetes.io/token")
                        && !secret.isTerminating()
                        && data(secret, "token-id").equals(id)
                        && data(secret, "token-secret").equals(token.substring(7))
                        && data(secret, "usage-bootstrap-authentication").equals("true")
                        && isFresh(data(secret, "expiration")))
                .map(secret -> bootstrapper(id, data(secret, "auth-extra-groups")));
    }

    private static UserInfo bootstrapper(String id, String extraGroups) {
        List<String> groups = new ArrayList<>(List.of("system:bootstrappers"));
        for (String group : extraGroups.split(",")) {
            if (!group.isBlank()) {
                groups.add(group.strip());
            }
        }
        groups.add(AUTHENTICATED);
        return new UserInfo("system:bootstrap:" + id, "", groups, Map.of());
    }

    private boolean isFresh(String expiration) {
        try {
            return expiration.isEmpty() || Instant.parse(expiration).isAfter(clock.now());
        } catch (DateTimeException unreadable) {
            return false;
        }
    }

    private static String data(KubeObject secret, String key) {
        try {
            return new String(Base64.getDecoder().decode(secret.text("data", key)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
