/**
 * Keys, certificates and the authority of one practice cluster; written as kubeadm lays them out. Door: {@code ClusterPki},
 * {@code CertificateAuthority}. Uses error.
 *
 * <p>Oddity: certificates are encoded here by hand, because the JDK can read but not write them and a library for it costs
 * more at start-up than the whole rest of the keys.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.pki;
