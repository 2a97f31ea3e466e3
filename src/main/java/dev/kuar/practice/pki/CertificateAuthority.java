package dev.kuar.practice.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Signs certificates in the name of one key; thread-safe. */
public final class CertificateAuthority {
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String SUBJECT_KEY_ID = "2.5.29.14";
    private static final String AUTHORITY_KEY_ID = "2.5.29.35";

    private final PrivateKey key;
    private final X509Certificate certificate;

    /** The authority that {@code certificate} names; {@code key} is its private key. */
    public CertificateAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new authority, signed by itself, named {@code commonName}. */
    static CertificateAuthority create(
            PrivateKey key, PublicKey publicKey, String commonName, Instant notBefore, Instant notAfter)
            throws GeneralSecurityException {
        byte[] name = name("", commonName);
        List<byte[]> extensions = new ArrayList<>();
        extensions.add(extension(KEY_USAGE, true, Der.bits(new byte[] {(byte) 0xa4}, 2)));
        extensions.add(extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true))));
        extensions.add(extension(SUBJECT_KEY_ID, false, Der.octets(keyId(publicKey))));
        extensions.add(extension(
                ALTERNATIVE_NAMES, false, SubjectNames.of(List.of(commonName)).encoded()));
        return new CertificateAuthority(key, sign(key, publicKey, name, name, notBefore, notAfter, extensions));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    PrivateKey privateKey() {
        return key;
    }

    /**
     * Signs a certificate for {@code subject}.
     *
     * @param organization becomes a group of the user; empty for none
     * @param commonName the user, or the first name of a server
     * @param names DNS names and IP addresses that a server answers to; empty for a client
     */
    public X509Certificate issue(
            PublicKey subject,
            String organization,
            String commonName,
            List<String> names,
            Instant notBefore,
            Instant notAfter)
            throws GeneralSecurityException {
        return issue(subject, name(organization, commonName), names, notBefore, notAfter);
    }

    /** Signs a certificate for a subject that is already encoded, as a certificate signing request carries it. */
    public X509Certificate issue(
            PublicKey subject, byte[] encodedName, List<String> names, Instant notBefore, Instant notAfter)
            throws GeneralSecurityException {
        boolean server = !names.isEmpty();
        List<byte[]> extensions = new ArrayList<>();
        extensions.add(extension(KEY_USAGE, true, Der.bits(new byte[] {(byte) 0xa0}, 5)));
        String purpose = server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2";
        extensions.add(extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(purpose))));
        extensions.add(extension(BASIC_CONSTRAINTS, true, Der.sequence()));
        extensions.add(
                extension(AUTHORITY_KEY_ID, false, Der.sequence(Der.tagged(0x80, keyId(certificate.getPublicKey())))));
        if (server) {
            extensions.add(
                    extension(ALTERNATIVE_NAMES, false, SubjectNames.of(names).encoded()));
        }
        byte[] issuer = certificate.getSubjectX500Principal().getEncoded();
        return sign(key, subject, issuer, encodedName, notBefore, notAfter, extensions);
    }

    /**
     * Signs a PKCS#10 request for {@code seconds} from {@code now}.
     *
     * @param usages as in the {@code spec.usages} of a CertificateSigningRequest; {@code server auth} takes the names along
     * @throws IllegalArgumentException when the request cannot be read
     */
    public String sign(String requestPem, List<String> usages, Instant now, long seconds) {
        CertificateRequest request = CertificateRequest.parse(requestPem);
        List<String> names = usages.contains("server auth") ? request.names() : List.of();
        try {
            return Pem.of(
                    issue(request.key(), request.subject(), names, now.minusSeconds(300), now.plusSeconds(seconds)));
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("the request's key cannot be signed: " + refused.getMessage(), refused);
        }
    }

    private static X509Certificate sign(
            PrivateKey key,
            PublicKey subjectKey,
            byte[] issuer,
            byte[] subject,
            Instant notBefore,
            Instant notAfter,
            List<byte[]> extensions)
            throws GeneralSecurityException {
        boolean elliptic = key.getAlgorithm().equals("EC");
        byte[] algorithm = elliptic
                ? Der.sequence(Der.oid("1.2.840.10045.4.3.2"))
                : Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.tagged(0x05));
        byte[] toSign = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)),
                algorithm,
                issuer,
                Der.sequence(Der.time(notBefore), Der.time(notAfter)),
                subject,
                subjectKey.getEncoded(),
                Der.tagged(0xa3, Der.sequence(extensions.toArray(new byte[0][]))));
        Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(toSign);
        byte[] encoded = Der.sequence(toSign, algorithm, Der.bits(signature.sign(), 0));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    static byte[] name(String organization, String commonName) {
        byte[] common = Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName)));
        return organization.isEmpty()
                ? Der.sequence(common)
                : Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.10"), Der.text(organization))), common);
    }

    /** The first 20 bytes of the SHA-256 of the encoded key: unique, which is all that is asked of it. */
    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return java.util.Arrays.copyOf(digest, 20);
    }

    /** Whether {@code client} was signed by this authority and is valid at {@code now}. */
    public boolean vouchesFor(X509Certificate client, Instant now) {
        X500Principal issuer = client.getIssuerX500Principal();
        if (!issuer.equals(certificate.getSubjectX500Principal())) {
            return false;
        }
        try {
            client.checkValidity(java.util.Date.from(now));
            client.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }
}
