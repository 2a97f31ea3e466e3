/**
 * Extension API servers, as they run in containers behind the aggregation layer: kinds of their own over an etcd of their own,
 * with users and rights as the cluster's API server tells them. Door: {@code ExtensionServer}. Uses api, http, schema, admission,
 * auth, etcd, store, network, pki, object, time.
 *
 * <p>Intentional: objects lie in the store behind the etcd that is dialled, which is asked without gRPC; while it is away the
 * server stands over an empty store that nobody is let into.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.extension;
