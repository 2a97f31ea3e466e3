package dev.kuar.practice.auth;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON Web Tokens signed with RS256. */
final class Jwt {
    private final KeyPair keys;
    private final String keyId;

    Jwt(KeyPair keys) {
        this.keys = keys;
        this.keyId = keyId(keys.getPublic());
    }

    private static String keyId(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return encode(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String sign(Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("kid", keyId);
        String signed = encode(JsonWriter.write(header)) + "." + encode(JsonWriter.write(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the service account key does not sign", e);
        }
    }

    /** The claims of a token with a right signature; empty for anything else. */
    Optional<Map<String, Object>> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Map<String, Object> header = JsonReader.readMap(decode(parts[0]));
            if (!"RS256".equals(header.get("alg"))) {
                return Optional.empty();
            }
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(decode(parts[2]))
                    ? Optional.of(JsonReader.readMap(decode(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | GeneralSecurityException broken) {
            return Optional.empty();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
