package dev.kuar.practice;

import dev.kuar.practice.controller.CertificateSigner;
import dev.kuar.practice.controller.CertificateSubject;
import dev.kuar.practice.pki.CertificateAuthority;
import dev.kuar.practice.pki.RequestedSubject;
import dev.kuar.practice.time.ClusterClock;
import java.util.List;

/** The cluster's authority as the certificate controller sees it. */
record CertificatesOf(CertificateAuthority authority, ClusterClock clock) implements CertificateSigner {
    @Override
    public CertificateSubject read(String requestPem) {
        RequestedSubject subject = RequestedSubject.of(requestPem);
        return new CertificateSubject(
                subject.name(),
                subject.organizations(),
                subject.dnsNames(),
                subject.addresses(),
                subject.emails(),
                subject.uris());
    }

    @Override
    public String sign(String requestPem, List<String> usages, long seconds) {
        return authority.sign(requestPem, usages, clock.now(), seconds);
    }
}
