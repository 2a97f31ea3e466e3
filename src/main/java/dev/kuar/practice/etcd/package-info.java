/**
 * The cluster's etcd as its clients see it, over the live store: ranges, writes, transactions at one revision, watches, leases,
 * the hash over its history. Door: {@code Etcd}. Uses store, time.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.etcd;
