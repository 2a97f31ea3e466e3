package dev.kuar.practice.controller;

/** The cluster's CA as the certificate controller sees it. */
@FunctionalInterface
public interface CertificateSigner {
    /**
     * Signs a request.
     *
     * @param requestPem the PKCS#10 request in PEM
     * @param usages as in {@code spec.usages}: {@code client auth}, {@code digital signature} …
     * @param seconds how long the certificate is to be valid
     * @return the certificate in PEM
     * @throws IllegalArgumentException when the request cannot be read
     */
    String sign(String requestPem, java.util.List<String> usages, long seconds);
}
