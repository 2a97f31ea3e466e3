package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;

/** {@code agnhost test-service-account-issuer-discovery}: checks its own token by what the issuer publishes. */
final class IssuerDiscovery {
    static final Map<String, String> FLAGS = Map.of("token-path", "", "audience", "");

    private final Task task;
    private final GoLog log;

    private IssuerDiscovery(Task task) {
        this.task = task;
        this.log = new GoLog(task);
    }

    static void run(Task task, GoFlags flags) throws IOException {
        IssuerDiscovery discovery = new IssuerDiscovery(task);
        String path = flags.text("token-path");
        try {
            discovery.check(task.files().readText(path).strip(), flags.text("audience"));
        } catch (FileError e) {
            discovery.fail("open " + path + ": " + e.goWords());
        } catch (GeneralSecurityException | RuntimeException e) {
            discovery.fail("failed to validate with in-cluster discovery: " + e.getMessage());
        }
    }

    private void fail(String message) {
        log.print(message);
        task.end(1);
    }

    private void check(String token, String audience) throws GeneralSecurityException {
        log.print("OK: Got token");
        log.print("validating with in-cluster discovery");
        String[] parts = token.split("\\.");
        KubeObject head = json(Base64.getUrlDecoder().decode(parts[0]));
        KubeObject claims = json(Base64.getUrlDecoder().decode(parts[1]));
        String issuer = claims.text("iss");
        if (!claims.texts("aud").contains(audience) && !claims.text("aud").equals(audience)) {
            fail("oidc: expected audience \"" + audience + "\" got " + claims.texts("aud"));
            return;
        }
        log.print("OK: got issuer " + issuer);
        KubeObject document = get("/.well-known/openid-configuration");
        if (!document.text("issuer").equals(issuer)) {
            fail("oidc: issuer did not match the issuer returned by provider, expected \"" + issuer + "\" got \""
                    + document.text("issuer") + "\"");
            return;
        }
        log.print("OK: Constructed OIDC provider for issuer " + issuer);
        KubeObject keys = get(URI.create(document.text("jwks_uri")).getPath());
        for (Map<String, Object> entry : keys.maps("keys")) {
            KubeObject key = KubeObject.of(entry);
            if (key.text("kid").equals(head.text("kid")) && verify(key, parts)) {
                log.print("OK: Validated signature on JWT");
                log.print("OK: Got valid claims from token!");
                return;
            }
        }
        fail("failed to verify signature: failed to verify id token signature");
    }

    private static boolean verify(KubeObject key, String[] parts) throws GeneralSecurityException {
        PublicKey found = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.text("n")), number(key.text("e"))));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(found);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static BigInteger number(String text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    }

    private KubeObject get(String path) {
        String bearer = "Bearer " + AgnhostTools.token(task);
        HttpResponse answer = new ApiFromContainer(task)
                .handle(HttpRequest.get(
                        path,
                        Map.of("Authorization", bearer),
                        task.container().network().ip()));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.reason() + ": " + answer.bodyText());
        }
        return json(answer.body());
    }

    private static KubeObject json(byte[] bytes) {
        return KubeObject.of(JsonReader.readMap(bytes));
    }
}
