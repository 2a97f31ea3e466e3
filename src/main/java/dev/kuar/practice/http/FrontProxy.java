package dev.kuar.practice.http;

import dev.kuar.practice.auth.UserInfo;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who may speak for others, and how it says for whom. Models {@code requestheader} authentication of Kubernetes 1.36.
 *
 * @param trusted whether a certificate was signed by the front proxies' authority and is valid
 * @param allowedNames whose certificate it must be; empty for anybody's
 * @param userHeaders the first of these that is there names the user
 * @param uidHeaders the first of these that is there is the user's uid
 * @param groupHeaders of all of them every value is a group
 * @param extraPrefixes what begins so carries an extra value, under the rest of its name
 */
public record FrontProxy(
        Predicate<X509Certificate> trusted,
        List<String> allowedNames,
        List<String> userHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraPrefixes) {
    public FrontProxy {
        allowedNames = List.copyOf(allowedNames);
        userHeaders = List.copyOf(userHeaders);
        uidHeaders = List.copyOf(uidHeaders);
        groupHeaders = List.copyOf(groupHeaders);
        extraPrefixes = List.copyOf(extraPrefixes);
    }

    /** Nobody may. */
    public static final FrontProxy NONE =
            new FrontProxy(certificate -> false, List.of(), List.of(), List.of(), List.of(), List.of());

    /** As kubeadm sets an API server up. */
    public static FrontProxy usual(Predicate<X509Certificate> trusted, String name) {
        return new FrontProxy(
                trusted,
                List.of(name),
                List.of("X-Remote-User"),
                List.of("X-Remote-Uid"),
                List.of("X-Remote-Group"),
                List.of("X-Remote-Extra-"));
    }

    /** For whom a proxy speaks; empty where it is none that may, or says nobody. */
    Optional<UserInfo> user(X509Certificate certificate, Map<String, List<String>> headers) {
        String name = first(userHeaders, headers);
        if (name.isEmpty() || !mayAsk(certificate) || !trusted.test(certificate)) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>();
        groupHeaders.forEach(header -> groups.addAll(headers.getOrDefault(low(header), List.of())));
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.forEach((header, values) -> extraPrefixes.stream()
                .map(FrontProxy::low)
                .filter(prefix -> header.startsWith(prefix) && header.length() > prefix.length())
                .findFirst()
                .ifPresent(prefix -> extra.put(
                        low(Paths.decode(header.substring(prefix.length()), false)), new ArrayList<>(values))));
        if (!groups.contains("system:unauthenticated") && !groups.contains("system:authenticated")) {
            groups.add("system:authenticated");
        }
        return Optional.of(new UserInfo(name, first(uidHeaders, headers), groups, extra));
    }

    private boolean mayAsk(X509Certificate certificate) {
        return allowedNames.isEmpty() || allowedNames.contains(commonName(certificate));
    }

    private static String commonName(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return part.getValue().toString();
                }
            }
            return "";
        } catch (InvalidNameException unreadable) {
            return "";
        }
    }

    private static String first(List<String> names, Map<String, List<String>> headers) {
        return names.stream()
                .map(name -> headers.getOrDefault(low(name), List.of()))
                .filter(values -> !values.isEmpty() && !values.get(0).isEmpty())
                .map(values -> values.get(0))
                .findFirst()
                .orElse("");
    }

    private static String low(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
