package dev.kuar.practice.controller;

import java.util.List;

/**
 * Whom a certificate is asked for.
 *
 * @param name the common name; empty for none
 * @param dnsNames further names, as are {@code addresses}, {@code emails} and {@code uris}
 */
public record CertificateSubject(
        String name,
        List<String> organizations,
        List<String> dnsNames,
        List<String> addresses,
        List<String> emails,
        List<String> uris) {}
