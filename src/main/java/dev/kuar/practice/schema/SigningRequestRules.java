package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CertificateSigningRequests: what their conditions may be, who may change which of them, and what a certificate is. What was
 * wrong before may stay.
 */
final class SigningRequestRules implements KindRules {
    private static final List<String> ALWAYS_TRUE = List.of("Approved", "Denied", "Failed");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");
    private static final String CONDITIONS = "status.conditions";
    private static final String CERTIFICATE = "status.certificate";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\r?\n(.*?)-----END \\1-----", Pattern.DOTALL);

    @Override
    public void check(KubeObject request, FieldErrors errors) {}

    @Override
    public void part(String subresource, KubeObject request, KubeObject old, FieldErrors errors) {
        conditions(request, old, errors);
        certificate(request, old, errors);
        for (String type : ALWAYS_TRUE) {
            if (of(request, type).size() < of(old, type).size()) {
                errors.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
            }
        }
        if (!subresource.equals("approval")) {
            decisions(request, old, errors);
        }
        String before = old.text("status", "certificate");
        if (!before.equals(request.text("status", "certificate"))) {
            if (!subresource.equals("status")) {
                errors.forbidden(CERTIFICATE, "updates may not set certificate content");
            } else if (!before.isEmpty()) {
                errors.forbidden(CERTIFICATE, "updates may not modify existing certificate content");
            }
        }
    }

    private static List<Map<String, Object>> of(KubeObject request, String type) {
        return request.maps("status", "conditions").stream()
                .filter(each -> type.equals(each.get("type")))
                .toList();
    }

    private static boolean isBoth(KubeObject request) {
        return !of(request, "Approved").isEmpty() && !of(request, "Denied").isEmpty();
    }

    private static boolean hasUnnamed(KubeObject request) {
        return request.maps("status", "conditions").stream()
                .anyMatch(each -> KubeObject.of(each).text("type").isEmpty());
    }

    private static boolean hasTwice(KubeObject request) {
        Set<String> seen = new HashSet<>();
        return request.maps("status", "conditions").stream()
                .anyMatch(each -> !seen.add(KubeObject.of(each).text("type")));
    }

    private static void conditions(KubeObject request, KubeObject old, FieldErrors errors) {
        boolean bothBefore = isBoth(old);
        boolean unnamedBefore = hasUnnamed(old);
        boolean twiceBefore = hasTwice(old);
        Set<String> seen = new HashSet<>();
        List<Map<String, Object>> all = request.maps("status", "conditions");
        for (int i = 0; i < all.size(); i++) {
            String at = CONDITIONS + "[" + i + "]";
            KubeObject condition = KubeObject.of(all.get(i));
            String type = condition.text("type");
            String status = condition.text("status");
            if (type.isEmpty() && !unnamedBefore) {
                errors.required(at + ".type", "");
            }
            List<String> allowed = ALWAYS_TRUE.contains(type) ? List.of("True") : STATUSES;
            if (status.isEmpty()) {
                errors.required(at + ".status", "");
            } else if (!allowed.contains(status)) {
                errors.unsupported(at + ".status", status, allowed);
            }
            boolean opposed = type.equals("Approved") && seen.contains("Denied")
                    || type.equals("Denied") && seen.contains("Approved");
            if (opposed && !bothBefore) {
                errors.invalid(CONDITIONS, type, "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.add(type) && !twiceBefore) {
                errors.duplicate(at + ".type", type);
            }
        }
    }

    private static void decisions(KubeObject request, KubeObject old, FieldErrors errors) {
        for (String type : List.of("Approved", "Denied")) {
            List<Map<String, Object>> before = of(old, type);
            List<Map<String, Object>> now = of(request, type);
            if (now.size() > before.size()) {
                errors.forbidden(CONDITIONS, "updates may not add a condition of type \"" + type + "\"");
            }
        }
    }

    private static void certificate(KubeObject request, KubeObject old, FieldErrors errors) {
        String now = request.text("status", "certificate");
        String before = old.text("status", "certificate");
        if (Objects.equals(now, before) || !fault(before).isEmpty()) {
            return;
        }
        String fault = fault(now);
        if (!fault.isEmpty()) {
            errors.invalid(CERTIFICATE, "<certificate data>", fault);
        }
    }

    /** What is wrong with certificates, PEM in Base64; empty where nothing is. */
    private static String fault(String encoded) {
        if (encoded.isEmpty()) {
            return "";
        }
        String pem = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
        Matcher block = BLOCK.matcher(pem);
        int count = 0;
        while (block.find()) {
            if (!block.group(1).equals("CERTIFICATE")) {
                return "only CERTIFICATE PEM blocks are allowed, found \"" + block.group(1) + "\"";
            }
            if (block.group(2).contains(":")) {
                return "no PEM block headers are permitted";
            }
            count++;
            try {
                byte[] bytes = Base64.getMimeDecoder().decode(block.group(2).getBytes(StandardCharsets.ISO_8859_1));
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            } catch (CertificateException | IllegalArgumentException damaged) {
                return "x509: malformed certificate";
            }
        }
        return count == 0 ? "must contain at least one CERTIFICATE PEM block" : "";
    }
}
