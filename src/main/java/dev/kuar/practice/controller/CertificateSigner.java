package dev.kuar.practice.controller;

import java.util.List;

/** The cluster's CA as the certificate controller sees it. */
public interface CertificateSigner {
    /**
     * Reads a request.
     *
     * @param requestPem the PKCS#10 request in PEM
     * @throws IllegalArgumentException when it cannot be read
     */
    CertificateSubject read(String requestPem);

    /**
     * Signs a request.
     *
     * @param requestPem the PKCS#10 request in PEM
     * @param usages as in {@code spec.usages}: {@code client auth}, {@code digital signature} …
     * @param seconds how long the certificate is to be valid
     * @return the certificate in PEM
     * @throws IllegalArgumentException when the request cannot be read
     */
    String sign(String requestPem, List<String> usages, long seconds);
}
