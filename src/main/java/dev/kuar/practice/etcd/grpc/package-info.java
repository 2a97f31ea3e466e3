/**
 * etcd's gRPC API on loopback: HTTP/2 over TLS with client certificates, its calls and streams, and the services of {@code
 * etcdserverpb} over the live store. Door: {@code EtcdServer}. Uses etcd, time. Nothing of it is loaded unless it is asked for.
 *
 * <p>The members' client URLs are the address that is served here, not the pod's: the pod's leads nowhere outside.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.etcd.grpc;
