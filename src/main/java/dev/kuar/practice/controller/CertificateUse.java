package dev.kuar.practice.controller;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What Kubernetes' own signers ask of a request, in the order and words of Kubernetes 1.36. */
final class CertificateUse {
    static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    static final String KUBELET = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String SERVING = "kubernetes.io/kubelet-serving";

    private static final String SIGNATURE = "digital signature";
    private static final String ENCIPHERMENT = "key encipherment";
    private static final String CLIENT_AUTH = "client auth";
    private static final String SERVER_AUTH = "server auth";

    private CertificateUse() {}

    static boolean isOurs(String signer) {
        return Set.of(CLIENT, KUBELET, SERVING).contains(signer);
    }

    /** Why the signer refuses; empty where it doesn't. */
    static String misuse(String signer, CertificateSubject subject, List<String> usages) {
        return switch (signer) {
            case CLIENT -> client(usages);
            case KUBELET -> kubelet(subject, new TreeSet<>(usages));
            default -> serving(subject, new TreeSet<>(usages));
        };
    }

    private static String client(List<String> usages) {
        for (String usage : usages) {
            if (!List.of(SIGNATURE, ENCIPHERMENT, CLIENT_AUTH).contains(usage)) {
                return "invalid usage for client certificate: " + usage;
            }
        }
        return usages.contains(CLIENT_AUTH) ? "" : "missing required usage for client certificate: " + CLIENT_AUTH;
    }

    private static String kubelet(CertificateSubject subject, Set<String> usages) {
        if (!isNode(subject)) {
            return "subject organization is not system:nodes";
        }
        if (!subject.dnsNames().isEmpty()) {
            return "DNS subjectAltNames are not allowed";
        }
        if (!subject.emails().isEmpty()) {
            return "Email subjectAltNames are not allowed";
        }
        if (!subject.addresses().isEmpty()) {
            return "IP subjectAltNames are not allowed";
        }
        if (!subject.uris().isEmpty()) {
            return "URI subjectAltNames are not allowed";
        }
        if (!isNamed(subject)) {
            return "subject common name does not begin with system:node:";
        }
        return usages(usages, CLIENT_AUTH);
    }

    private static String serving(CertificateSubject subject, Set<String> usages) {
        if (!isNode(subject)) {
            return "subject organization is not system:nodes";
        }
        if (subject.dnsNames().isEmpty() && subject.addresses().isEmpty()) {
            return "DNS or IP subjectAltName is required";
        }
        if (!subject.emails().isEmpty()) {
            return "Email subjectAltNames are not allowed";
        }
        if (!subject.uris().isEmpty()) {
            return "URI subjectAltNames are not allowed";
        }
        String wrong = usages(usages, SERVER_AUTH);
        return !wrong.isEmpty() || isNamed(subject) ? wrong : "subject common name does not begin with system:node:";
    }

    private static boolean isNode(CertificateSubject subject) {
        return subject.organizations().equals(List.of("system:nodes"));
    }

    private static boolean isNamed(CertificateSubject subject) {
        return subject.name().startsWith("system:node:");
    }

    private static String usages(Set<String> usages, String purpose) {
        Set<String> all = new TreeSet<>(Set.of(SIGNATURE, ENCIPHERMENT, purpose));
        return usages.equals(all) || usages.equals(Set.of(SIGNATURE, purpose))
                ? ""
                : "usages did not match [" + String.join(" ", all) + "]";
    }
}
